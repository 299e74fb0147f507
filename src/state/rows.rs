//! The rows of a list of jobs, with a lookup by key.

use cckm::family::Family;
use cckm::job::Job;
use std::collections::HashMap;
use std::sync::Arc;

/// One job of a list, with a key that is unique in the list.
#[derive(Clone)]
pub struct Row {
    pub key: String,
    pub family: &'static Family,
    pub job: Arc<Job>,
}

impl Row {
    /// The key of the first row that shows the job `id`.
    pub fn key(family: &Family, id: &str) -> String {
        [family.slug, "/", id].concat()
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && (Arc::ptr_eq(&self.job, &other.job) || self.job == other.job)
    }
}

/// An ordered list of rows with a lookup by key.
#[derive(Clone, Default)]
pub struct Rows {
    rows: Vec<Row>,
    index: HashMap<String, usize>,
}

impl Rows {
    /// Builds the rows with unique keys: a second job with the same id, or a job without an id, gets a key of its
    /// own.
    pub fn new(jobs: impl IntoIterator<Item = (&'static Family, Arc<Job>)>) -> Self {
        let mut rows = Self::default();
        for (family, job) in jobs {
            let mut key = Row::key(family, &job.id);
            while rows.index.contains_key(&key) {
                key.push('\'');
            }
            rows.index.insert(key.clone(), rows.rows.len());
            rows.rows.push(Row { key, family, job });
        }
        rows
    }

    pub fn get(&self, key: &str) -> Option<&Row> {
        self.rows.get(self.place(key)?)
    }

    /// The position of the row with this key, from 0.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.index.get(key).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The rows above and below the row with this key; `None` where there is no such row.
    pub fn neighbours(&self, key: &str) -> Option<(Option<&Row>, Option<&Row>)> {
        let at = self.place(key)?;
        Some((at.checked_sub(1).and_then(|at| self.rows.get(at)), self.rows.get(at + 1)))
    }

    /// The last row, or the first.
    pub fn at_end(&self, last: bool) -> Option<&Row> {
        if last { self.rows.last() } else { self.rows.first() }
    }

    /// Returns these rows without those that are new among the rows of `shown`, and how many were removed.
    pub fn held_back(self: Arc<Self>, shown: &Self) -> (Arc<Self>, u64) {
        let end = self.rows.iter().rposition(|row| shown.get(&row.key).is_some()).unwrap_or_default();
        let is_new = |at: usize, row: &Row| at < end && shown.get(&row.key).is_none();
        let kept = self.rows.iter().enumerate().filter(|(at, row)| !is_new(*at, row));
        let kept: Vec<_> = kept.map(|(_, row)| (row.family, row.job.clone())).collect();
        match (self.len() - kept.len()) as u64 {
            0 => (self, 0),
            new => (Arc::new(Self::new(kept)), new),
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use serde_json::json;

    #[test]
    fn rows_of_one_id_have_keys_of_their_own() {
        let job = |id: &str| Arc::new(Job::from_value(json!({"id": id})).expect("a job"));
        let rows = Rows::new(["a", "a", "", ""].map(|id| (&FAMILIES[0], job(id))));
        let keys: std::collections::HashSet<_> = rows.iter().map(|row| row.key.clone()).collect();
        assert_eq!(keys.len(), 4);
        assert!(keys.iter().all(|key| rows.get(key).is_some_and(|row| row.key == *key)));
    }

    #[test]
    fn what_came_in_among_the_shown_is_held_back() {
        let rows = |ids: &[&str]| {
            let job = |id: &&str| Arc::new(Job::from_value(json!({"id": id})).expect("a job"));
            Arc::new(Rows::new(ids.iter().map(|id| (&FAMILIES[0], job(id)))))
        };
        let held = |now: &[&str], shown: &[&str]| {
            let (rows, new) = rows(now).held_back(&rows(shown));
            (rows.iter().map(|row| row.job.id.clone()).collect::<Vec<_>>().concat(), new)
        };
        assert_eq!(held(&["x", "a", "y", "b", "c"], &["a", "b", "d"]), ("abc".to_owned(), 2));
        assert_eq!(held(&["a", "b"], &["a", "b"]), ("ab".to_owned(), 0));
        assert_eq!(held(&["x", "y"], &["a"]), ("xy".to_owned(), 0), "nothing is left of what was shown");
        assert_eq!(held(&["x"], &[]), ("x".to_owned(), 0));
    }
}
