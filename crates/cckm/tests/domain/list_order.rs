//! Reading lists in the requested order from servers with any order of their own.

mod server;

use cckm::list_order::{Arrangement, CachedList, Listed, PageRequest, Reader, Step, Window, WindowRequest};
use cckm::page::Page;
use cckm::time::Stamp;
use proptest::prelude::*;
use server::{Learned, Natural, Server, Sorting, job, jobs, read, wanted};
use std::cmp::Reverse;
use std::collections::HashSet;

const SORTINGS: [Sorting; 3] = [Sorting::Honoured, Sorting::Ignored, Sorting::Refused];
const NATURALS: [Natural; 3] = [Natural::Newest, Natural::Oldest, Natural::Unordered];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Reading to the end returns each job once, in order or in the server's own, from a server that does not say how
    /// long its list is.
    #[test]
    fn a_list_of_unknown_length_is_read_to_its_end(
        times in prop::collection::hash_set(0_i64..100_000, 0..120),
        sorting in prop::sample::select(&SORTINGS[..]),
        natural in prop::sample::select(&NATURALS[..]),
        rows in 10_u64..40,
        bound in prop::sample::select(&[50_u64, 2000][..]),
        descending in any::<bool>(),
    ) {
        let times: Vec<i64> = times.into_iter().collect();
        let jobs = jobs(&times);
        let mut server = Server { jobs, sorting, natural, cap: None, is_open: true, requests: Vec::new() };
        let mut learned = Learned::default();
        let (mut seen, mut skip) = (Vec::new(), 0);
        loop {
            let known = learned.listed;
            let wanted = WindowRequest { bound, ..wanted(skip, rows, descending) };
            let Window { page, arrangement } = read(&mut server, &mut learned, wanted);
            prop_assert!(arrangement == Arrangement::Sorted || times.len() as u64 >= bound);
            if skip > 0 && learned.listed != known {
                skip = 0;
                seen.clear();
                continue;
            }
            skip += page.sent();
            seen.extend(page.resources.into_iter().map(|job| job.id));
            if page.total <= skip {
                break;
            }
            prop_assert!(!page.is_open || page.total == skip + 1);
        }
        let once: HashSet<_> = seen.iter().cloned().collect();
        prop_assert_eq!((once.len(), seen.len()), (times.len(), times.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    /// Reading returns each job once and in order for every kind of server, also where jobs are created between two
    /// pages.
    #[test]
    fn walking_all_pages_gives_each_job_once(
        times in prop::collection::vec(0_i64..400, 0..120),
        sorting in prop::sample::select(&SORTINGS[..]),
        natural in prop::sample::select(&NATURALS[..]),
        // In a page of fewer than ten jobs an arbitrary order may look sorted.
        cap in prop::option::of(10_u64..60),
        rows in prop_oneof![1_u64..7, 10_u64..40],
        descending in any::<bool>(),
        growth in prop::collection::vec(0_usize..4, 0..6),
    ) {
        let mut server = Server { jobs: jobs(&times), sorting, natural, cap, is_open: false, requests: Vec::new() };
        let initial: HashSet<String> = server.jobs.iter().map(|job| job.id.clone()).collect();
        let mut learned = Learned::default();
        let mut growth = growth.into_iter();
        let (mut seen, mut skip, mut next) = (Vec::new(), 0, times.len());
        let mut total = times.len() as u64;
        loop {
            let known = learned.listed;
            let window = read(&mut server, &mut learned, wanted(skip, rows, descending));
            prop_assert_eq!(window.arrangement, Arrangement::Sorted);
            let now = window.page.total;
            if skip > 0 && learned.listed != known {
                // An earlier page was too small or had too many equal times, and led to a wrong order: reading starts
                // again.
                (skip, total) = (0, now);
                seen.clear();
                continue;
            }
            if descending && now > total && skip > 0 {
                // New jobs are at the other end, so the position moves by their number.
                skip += now - total;
                total = now;
                continue;
            }
            total = now;
            let got = window.page.resources.len() as u64;
            prop_assert!(got > 0 || skip >= now, "an empty page before the end");
            seen.extend(window.page.resources);
            skip += got;
            if skip >= total {
                break;
            }
            for _ in 0..growth.next().unwrap_or(0) {
                // New jobs have the latest times.
                server.jobs.push(job(next, Some(1000 + next as i64)));
                next += 1;
            }
        }
        let ids: Vec<_> = seen.iter().map(|job| job.id.clone()).collect();
        let once: HashSet<_> = ids.iter().cloned().collect();
        prop_assert_eq!(once.len(), ids.len(), "a job stands twice");
        prop_assert!(initial.is_subset(&once), "a job is missing");
        let mut sorted: Vec<_> = seen.iter().map(|job| job.created).collect();
        if descending { sorted.sort_by_key(|time| Reverse(*time)) } else { sorted.sort() }
        prop_assert_eq!(seen.iter().map(|job| job.created.map(Stamp::millis)).collect::<Vec<_>>(),
            sorted.into_iter().map(|time| time.map(Stamp::millis)).collect::<Vec<_>>());
    }

    /// The first page has the newest jobs, also for a reader that starts with a wrong assumption about the server.
    #[test]
    fn what_was_learned_is_checked(
        times in prop::collection::hash_set(0_i64..100_000, 12..120),
        sorting in prop::sample::select(&SORTINGS[..]),
        natural in prop::sample::select(&NATURALS[..]),
        listed in prop::sample::select(&[Listed::Unknown, Listed::Unsorted, Listed::Newest, Listed::Oldest][..]),
        rows in 10_u64..40,
    ) {
        let times: Vec<i64> = times.into_iter().collect();
        let mut server = Server { jobs: jobs(&times), sorting, natural, cap: None, is_open: false, requests: Vec::new() };
        let mut learned = Learned { listed, total: Some(times.len() as u64 / 2), ..Learned::default() };
        let window = read(&mut server, &mut learned, wanted(0, rows, true));
        let mut newest = times.clone();
        newest.sort_by_key(|time| Reverse(*time));
        newest.truncate(rows as usize);
        let got: Vec<i64> = window.page.resources.iter()
            .filter_map(|job| job.created).map(|time| (time.millis() - 1_000_000) / 60_000).collect();
        prop_assert_eq!(got, newest);
        prop_assert_eq!(window.page.total, times.len() as u64);
    }
}

fn requests_per_read(sorting: Sorting, natural: Natural, reads: &[(u64, u64)]) -> Vec<usize> {
    // No order, and no two equal times.
    let times: Vec<i64> = (0..200).map(|at| (at * 37) % 200).collect();
    let mut server =
        Server { jobs: jobs(&times), sorting, natural, cap: None, is_open: false, requests: Vec::new() };
    let mut learned = Learned::default();
    let count = |(skip, limit): &(u64, u64)| {
        let before = server.requests.len();
        read(&mut server, &mut learned, wanted(*skip, *limit, true));
        server.requests.len() - before
    };
    reads.iter().map(count).collect()
}

#[test]
fn what_a_server_does_is_learned_once() {
    let turns = [(0, 25), (0, 25), (25, 25), (175, 25), (0, 25)];
    assert_eq!(requests_per_read(Sorting::Honoured, Natural::Oldest, &turns), [1, 1, 1, 1, 1]);
    assert_eq!(requests_per_read(Sorting::Ignored, Natural::Newest, &turns), [1, 1, 1, 1, 1]);
    assert_eq!(requests_per_read(Sorting::Refused, Natural::Newest, &turns), [2, 1, 1, 1, 1]);
    assert_eq!(requests_per_read(Sorting::Ignored, Natural::Oldest, &turns), [2, 1, 1, 1, 1]);
    assert_eq!(requests_per_read(Sorting::Refused, Natural::Oldest, &turns), [3, 1, 1, 1, 1]);
    // The whole list is read for each page, here by one request.
    assert_eq!(requests_per_read(Sorting::Ignored, Natural::Unordered, &turns), [2, 1, 1, 1, 1]);
}

#[test]
fn a_page_of_unclear_order_is_decided_by_the_ends() {
    let times: Vec<i64> = (0..50).map(|at| at / 25).collect();
    for (natural, more) in [(Natural::Oldest, 2), (Natural::Newest, 1)] {
        let mut server = Server {
            jobs: jobs(&times),
            sorting: Sorting::Ignored,
            natural,
            cap: None,
            is_open: false,
            requests: Vec::new(),
        };
        let mut learned = Learned::default();
        let window = read(&mut server, &mut learned, wanted(0, 10, true));
        assert_eq!(server.requests.len(), 1 + more, "{natural:?}");
        assert!(window.page.resources.iter().all(|job| job.created == Some(Stamp::from_millis(1_060_000))));
    }
}

#[test]
fn a_few_jobs_teach_no_order() {
    // The older of the two happens to come first.
    let mut two = jobs(&[118, 0]);
    let mut server = Server {
        jobs: two.clone(),
        sorting: Sorting::Ignored,
        natural: Natural::Unordered,
        cap: None,
        is_open: false,
        requests: Vec::new(),
    };
    let mut learned = Learned::default();
    let oldest = read(&mut server, &mut learned, wanted(0, 1, false));
    assert!(oldest.page.resources == two[1..]);
    assert_eq!(learned.listed, Listed::Unknown);
    two.push(job(2, Some(1002)));
    server.jobs = two.clone();
    let next = read(&mut server, &mut learned, wanted(1, 1, false));
    assert!(next.page.resources == two[..1]);
}

#[test]
fn beyond_the_bound_nothing_is_called_the_newest() {
    let times: Vec<i64> = (0..300).map(|at| (at * 37) % 300).collect();
    let mut server = Server {
        jobs: jobs(&times),
        sorting: Sorting::Ignored,
        natural: Natural::Unordered,
        cap: Some(40),
        is_open: false,
        requests: Vec::new(),
    };
    let mut learned = Learned::default();
    let wanted = WindowRequest { bound: 100, ..wanted(0, 20, true) };
    let window = read(&mut server, &mut learned, wanted);
    assert_eq!((window.arrangement, window.page.total), (Arrangement::Own, 300));
    assert_eq!(window.page.resources.len(), 20);
    let window = read(&mut server, &mut learned, WindowRequest { takes_own_order: false, ..wanted });
    assert_eq!((window.arrangement, window.page.total), (Arrangement::Sample, 300));
    assert_eq!(window.page.resources.len(), 100);
    assert!(window.page.resources.windows(2).all(|pair| pair[0].created >= pair[1].created));
}

#[test]
fn a_time_that_is_missing_tells_nothing() {
    let mut jobs = jobs(&(0..60).collect::<Vec<_>>());
    for at in (0..60).step_by(7) {
        jobs[at].created = None;
    }
    let mut server = Server {
        jobs,
        sorting: Sorting::Ignored,
        natural: Natural::Oldest,
        cap: None,
        is_open: false,
        requests: Vec::new(),
    };
    let mut learned = Learned::default();
    let mut seen = HashSet::new();
    for page in 0..6 {
        let window = read(&mut server, &mut learned, wanted(page * 10, 10, true));
        assert_eq!(window.arrangement, Arrangement::Sorted);
        seen.extend(window.page.resources.into_iter().map(|job| job.id));
    }
    assert_eq!(seen.len(), 60);
    assert_eq!(learned.listed, Listed::Oldest);
}

#[test]
fn what_was_read_to_sort_it_serves_again() {
    let server = |count: i64| {
        let times: Vec<i64> = (0..count).map(|at| (at * 37) % count).collect();
        let natural = Natural::Unordered;
        Server {
            jobs: jobs(&times),
            sorting: Sorting::Ignored,
            natural,
            cap: Some(100),
            is_open: false,
            requests: Vec::new(),
        }
    };
    let kept = |count: i64, bound: u64| {
        let mut server = server(count);
        let wanted = WindowRequest { bound, takes_own_order: false, ..wanted(0, 20, true) };
        let mut reader = Reader::new(Listed::Unordered, Some(100), None, None, wanted);
        while let Step::Request(request) = reader.step() {
            let page = server.answer(request, wanted.sort).expect("a page");
            reader.answer(request.limit, page);
        }
        (reader.take_cached(), wanted)
    };
    let again = |cached: &CachedList, wanted: WindowRequest| {
        let mut reader = Reader::new(Listed::Unordered, Some(100), Some(cached.total), None, wanted);
        assert!(matches!(reader.step(), Step::Request(PageRequest { begins_whole: true, .. })));
        reader.is_served_by(cached).then(|| {
            reader.take_read_before(cached.clone());
            match reader.step() {
                Step::Done(window) => (window.arrangement, window.page.total, window.page.resources.len()),
                Step::Request(request) => panic!("{request:?}"),
            }
        })
    };

    assert!(kept(100, 2000).0.is_none(), "one answer is read again");
    let (whole, wanted) = kept(300, 2000);
    let whole = whole.expect("three answers are kept");
    assert_eq!((whole.read, whole.total), (300, 300));
    assert_eq!(again(&whole, wanted), Some((Arrangement::Sorted, 300, 20)));
    let (sample, wanted) = kept(300, 200);
    let sample = sample.expect("a part is kept too");
    assert_eq!((sample.read, sample.total), (200, 300));
    assert_eq!(again(&sample, wanted), Some((Arrangement::Sample, 300, 200)));
    assert_eq!(again(&sample, WindowRequest { bound: 250, ..wanted }), None, "more is wanted than was read");
}

#[test]
fn jobs_that_never_came_are_not_left_out_silently() {
    // Pages of 50 that overlap by 10: the last jobs never come.
    let all = jobs(&(0..150).map(|at| (at * 71) % 151).collect::<Vec<_>>());
    let answer = |request: PageRequest| {
        let skip = request.skip - request.skip / 50 * 10;
        let resources = all.iter().skip(skip as usize).take(50).cloned().collect();
        Page { skip: request.skip, limit: 50, total: 150, resources, ..Page::default() }
    };
    for takes_own_order in [true, false] {
        let wanted = WindowRequest { takes_own_order, ..wanted(0, 25, true) };
        let mut reader = Reader::new(Listed::Unordered, None, None, None, wanted);
        let mut requests = 0;
        let Window { page, arrangement } = loop {
            match reader.step() {
                Step::Done(window) => break window,
                Step::Request(request) => reader.answer(request.limit, answer(request)),
            }
            requests += 1;
            assert!(requests < 30, "it never ends");
        };
        let once: HashSet<_> = page.resources.iter().map(|job| &job.id).collect();
        assert_eq!((page.total, once.len()), (150, page.resources.len()));
        assert_eq!(arrangement, if takes_own_order { Arrangement::Own } else { Arrangement::Sample });
    }
}
