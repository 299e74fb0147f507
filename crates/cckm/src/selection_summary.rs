//! A short text for the selection of a job, for a row of a list.

use crate::container::Directory;
use crate::family::Family;
use crate::job::Job;
use crate::text;

/// How many names a row shows; the others are counted.
const NAMES: usize = 2;
/// The length of a name in a row, in characters.
const LONGEST: usize = 40;

/// The selection of a job, as texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// The first names, with the middle left out where they are long: "prod-kms · eu-west-1".
    pub short: String,
    /// How many more names there are.
    pub more: usize,
    /// The whole selection, one container a line.
    pub whole: String,
}

/// Summarizes the selection of `job`, with labels in place of the ids that `directory` has.
pub fn of(family: &Family, job: &Job, directory: Option<&Directory>) -> Summary {
    let (everything, containers) = (job.is_of_everything(family), job.containers(family));
    if everything || containers.is_empty() {
        let short = if everything { "Everything" } else { "Not named" };
        return Summary { short: short.to_owned(), ..Summary::default() };
    }
    of_keys(containers, job.regions(family), directory)
}

/// Summarizes the containers that `keys` name, in these regions.
pub fn of_keys(containers: &[String], regions: &[String], directory: Option<&Directory>) -> Summary {
    let name = |key: &String| match directory.and_then(|directory| directory.label_of(key)) {
        Some(label) => label.to_owned(),
        None => key.clone(),
    };
    let names: Vec<String> = containers.iter().map(name).collect();
    // Regions tell the jobs of one container apart, so such a row shows one region in place of a second name.
    let (shown, shown_regions) = match (names.len(), regions.len()) {
        (_, 0) => (NAMES, 0),
        (1, _) => (1, 1),
        _ => (NAMES, 0),
    };
    let mut short: Vec<String> = Vec::new();
    short.push(names.iter().take(shown).map(|name| brief(name)).collect::<Vec<_>>().join(", "));
    short.extend(regions.iter().take(shown_regions).cloned());
    let more = names.len().saturating_sub(shown)
        + if names.len() == 1 { regions.len().saturating_sub(shown_regions) } else { 0 };
    let mut whole = names.join("\n");
    if !regions.is_empty() {
        whole.push_str("\nin ");
        whole.push_str(&regions.join(", "));
    }
    Summary { short: short.join(" · "), more, whole }
}

/// Shortens a name to the length of a row. Of the path of a resource only the last segment is shown, which people
/// chose.
fn brief(name: &str) -> String {
    let last = name.rsplit('/').find(|word| !word.is_empty()).unwrap_or(name);
    text::middle(last, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::FAMILIES;
    use serde_json::json;

    fn job(family: &Family, containers: usize, regions: usize) -> Job {
        let names =
            |prefix: &str, number: usize| (0..number).map(|n| format!("{prefix}{n}")).collect::<Vec<_>>();
        let mut value = json!({"id": "j"});
        value[family.job_field] = json!(names("c", containers));
        if let Some(field) = family.regions {
            value[field] = json!(names("r", regions));
        }
        Job::from_value(value).expect("a job")
    }

    #[test]
    fn a_resource_name_is_known_by_its_last_word() {
        assert_eq!(brief("projects/p/locations/global/keyRings/demo-key-ring"), "demo-key-ring");
        assert_eq!(brief("/"), "/");
        assert_eq!(brief(&"x".repeat(100)).chars().count(), LONGEST);
    }

    #[test]
    fn a_row_names_the_first_and_counts_the_rest() {
        for family in FAMILIES {
            let summary = |containers, regions| of(family, &job(family, containers, regions), None);
            assert_eq!(summary(0, 0).short, "Everything");
            let odd = Job::from_value(json!({"id": "j", "some_ids": ["c0"]})).expect("a job");
            assert_eq!(of(family, &odd, None).short, "Not named");
            assert_eq!(summary(2, 0).short, "c0, c1");
            assert_eq!((summary(400, 0).more, summary(2, 0).more), (398, 0));
            assert_eq!(summary(400, 0).whole.lines().count(), 400);
            if family.regions.is_some() {
                assert_eq!(summary(1, 7).short, "c0 · r0");
                assert_eq!(summary(1, 7).more, 6);
                assert!(summary(1, 7).whole.ends_with("r6"));
            }
        }
    }
}
