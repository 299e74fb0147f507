//! Holds back new jobs that would move the rows while the table is being read, and offers a button that shows them.

use crate::components::controls::icon::Icon;
use crate::components::controls::main_part::focus_main;
use crate::components::controls::shown::Shown;
use crate::components::job_table::table::is_read;
use crate::state::feed::Feed;
use crate::state::followed_job::FollowedJob;
use crate::state::rows::Rows;
use cckm::text;
use leptos::prelude::*;
use std::sync::Arc;

/// Returns the `rows` of a feed without the jobs that a background refresh brought while the table was being read,
/// and the number of jobs held back.
pub fn held(feed: Feed, rows: Memo<Arc<Rows>>) -> (Memo<Arc<Rows>>, Memo<u64>) {
    let followed = expect_context::<FollowedJob>();
    let held = Memo::new_with_compare(
        move |last: Option<&(Arc<Rows>, u64)>| {
            // Each poller round checks again whether the table is being read.
            feed.poller.round();
            let rows = followed.merged_into(rows.get());
            match last {
                Some((shown, _)) if feed.automatic.get() && is_read() => rows.held_back(shown),
                _ => (rows, 0),
            }
        },
        |_, _| true,
    );
    (
        Memo::new_with_compare(move |_| held.with(|(rows, _)| rows.clone()), |_, _| true),
        Memo::new(move |_| held.with(|(_, newer)| *newer)),
    )
}

/// The button with the number of new jobs. `show` shows them.
#[component]
pub fn NewItemsBanner(count: Memo<u64>, show: Callback<()>) -> impl IntoView {
    let press = move |_| {
        show.run(());
        // The button, which has the focus, is about to be removed, and the new rows appear at the top.
        focus_main();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    view! {
        <div class="newer" aria-live="polite">
            <Shown when=move || count.get() != 0>
                <button type="button" class="button primary" on:click=press>
                    <Icon name="up" />
                    {move || text::count(count.get() as usize, "new job", "new jobs")}
                </button>
            </Shown>
        </div>
    }
}
