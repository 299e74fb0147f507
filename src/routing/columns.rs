//! The columns of a job table: which are shown, in which order and how wide.
//!
//! Pure. Owns the text that stands for them in an address and in the browser's storage, such as
//! `outcome,started:120,job`: the columns in their order, each with its width in pixels where a person has set one.

use cckm::family::Family;

/// A column of the job table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Outcome,
    Cloud,
    Containers,
    Started,
    Duration,
    Job,
    Ended,
    Updated,
    Status,
    Regions,
    Errors,
}

/// Each column with its CSS class, whose end is its word in an address, its name on the screen, and its usual width.
const TABLE: [(Column, &str, &str, u32); 11] = [
    (Column::Outcome, "c-outcome", "Outcome", 348),
    (Column::Cloud, "c-cloud", "Cloud", 212),
    (Column::Containers, "c-containers", "Containers", 180),
    (Column::Started, "c-started", "Started", 128),
    (Column::Duration, "c-duration", "Duration", 150),
    (Column::Ended, "c-ended", "Ended", 128),
    (Column::Updated, "c-updated", "Updated", 128),
    (Column::Status, "c-status", "Raw status", 150),
    (Column::Regions, "c-regions", "Regions", 190),
    (Column::Errors, "c-errors", "Errors", 110),
    (Column::Job, "c-job", "Job", 172),
];

/// The columns of a list for which nobody has chosen any; the second one is shown in lists of several clouds only.
const STANDARD: [Column; 6] =
    [Column::Outcome, Column::Cloud, Column::Containers, Column::Started, Column::Duration, Column::Job];

/// The word in an address for the standard columns.
const STANDARD_WORD: &str = "default";

/// The narrowest and the widest column, in pixels.
pub const NARROWEST: u32 = 64;
pub const WIDEST: u32 = 1200;

impl Column {
    fn entry(self) -> (&'static str, &'static str, u32) {
        let found = TABLE.iter().find(|(column, ..)| *column == self);
        found.map_or(("", "", NARROWEST), |(_, class, name, width)| (class, name, *width))
    }

    pub fn class(self) -> &'static str {
        self.entry().0
    }

    /// The word in an address.
    pub fn word(self) -> &'static str {
        self.class().strip_prefix("c-").unwrap_or_default()
    }

    /// The name on the screen.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// The width in pixels, where nobody has set one. **Containers** takes the room that is left, but no less.
    pub fn usual_width(self) -> u32 {
        self.entry().2
    }

    /// Whether the column can't be hidden: without the outcome a row says nothing, and without the job's link it
    /// can't be opened.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::Outcome | Self::Job)
    }

    /// Whether the column is none of the standard ones.
    pub fn is_further(self) -> bool {
        !STANDARD.contains(&self)
    }

    /// Whether the list of `family`, or with `None` that of all clouds, can show the column.
    pub fn is_of(self, family: Option<&Family>) -> bool {
        match self {
            Self::Cloud => family.is_none(),
            Self::Regions => family.is_none_or(|family| family.regions.is_some()),
            _ => true,
        }
    }

    /// The columns that a list can show.
    pub fn all_of(family: Option<&Family>) -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(column, ..)| *column).filter(move |column| column.is_of(family))
    }
}

/// The shown columns in their order, each with the width that a person has set. **Outcome** and **Job** are always
/// among them, and none is there twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns(Vec<(Column, Option<u32>)>);

impl Columns {
    /// The columns of a list for which nobody has chosen any.
    pub fn standard(with_cloud: bool) -> Self {
        let columns = STANDARD.into_iter().filter(|column| with_cloud || *column != Column::Cloud);
        Self(columns.map(|column| (column, None)).collect())
    }

    /// Parses [`Columns::text`] for the list of `family`. Returns `None` if no column is left, and the words that are
    /// no column of this list, or have no width that a column can have.
    pub fn parse(text: &str, family: Option<&Family>) -> (Option<Self>, Vec<String>) {
        Self::read(text, family.is_none(), &|column| column.is_of(family))
    }

    /// Parses the text of columns that are kept for a list with or without **Cloud**, whatever its family is. Words
    /// that are no column are left out.
    pub fn parse_kept(text: &str, with_cloud: bool) -> Option<Self> {
        Self::read(text, with_cloud, &|column| with_cloud || column != Column::Cloud).0
    }

    fn read(text: &str, with_cloud: bool, may: &dyn Fn(Column) -> bool) -> (Option<Self>, Vec<String>) {
        if text == STANDARD_WORD {
            return (Some(Self::standard(with_cloud)), Vec::new());
        }
        let mut columns = Self(Vec::new());
        let mut wrong = Vec::new();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let (name, width) =
                word.split_once(':').map_or((word, None), |(name, width)| (name, Some(width)));
            let column =
                TABLE.iter().map(|(column, ..)| *column).find(|column| column.word() == name && may(*column));
            let set = width
                .and_then(|width| width.parse().ok())
                .filter(|width| (NARROWEST..=WIDEST).contains(width));
            if column.is_none() || width.is_some() != set.is_some() {
                wrong.push(word.to_owned());
            }
            if let Some(column) = column.filter(|column| !columns.has(*column)) {
                columns.0.push((column, set));
            }
        }
        if columns.0.is_empty() {
            return (None, wrong);
        }
        if !columns.has(Column::Outcome) {
            columns.0.insert(0, (Column::Outcome, None));
        }
        if !columns.has(Column::Job) {
            columns.0.push((Column::Job, None));
        }
        (Some(columns), wrong)
    }

    /// The text that stands for these columns in an address.
    pub fn text(&self, with_cloud: bool) -> String {
        if *self == Self::standard(with_cloud) {
            return STANDARD_WORD.to_owned();
        }
        let mut text = String::new();
        for (column, width) in &self.0 {
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(column.word());
            if let Some(width) = width {
                text.push(':');
                text.push_str(&width.to_string());
            }
        }
        text
    }

    pub fn iter(&self) -> impl Iterator<Item = Column> {
        self.0.iter().map(|(column, _)| *column)
    }

    pub fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// The position of a column, from 0.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.iter().position(|shown| shown == column)
    }

    /// The width that a person has set.
    pub fn width(&self, column: Column) -> Option<u32> {
        self.0.iter().find(|(shown, _)| *shown == column).and_then(|(_, width)| *width)
    }

    /// Whether the columns and their order are the standard ones, whatever their widths are.
    pub fn is_in_standard_order(&self, with_cloud: bool) -> bool {
        self.iter().eq(Self::standard(with_cloud).iter())
    }

    /// Shows or hides a column. A new one comes last, but before **Job** where that is the last.
    #[must_use]
    pub fn toggled(&self, column: Column) -> Self {
        let mut all = self.0.clone();
        match self.place(column) {
            Some(_) if column.is_needed() => {}
            Some(at) => _ = all.remove(at),
            None => {
                let last = all.len().saturating_sub(1);
                let at =
                    if all.last().is_some_and(|(last, _)| *last == Column::Job) { last } else { all.len() };
                all.insert(at, (column, None));
            }
        }
        Self(all)
    }

    /// Moves a column one place to the front, or to the end.
    #[must_use]
    pub fn moved(&self, column: Column, to_front: bool) -> Self {
        let mut all = self.0.clone();
        if let Some(at) = self.place(column) {
            let to = if to_front { at.checked_sub(1) } else { Some(at + 1) };
            if let Some(to) = to.filter(|to| *to < all.len()) {
                all.swap(at, to);
            }
        }
        Self(all)
    }

    /// Sets the width of a column, within the limits; `None` is its usual width.
    #[must_use]
    pub fn with_width(&self, column: Column, width: Option<u32>) -> Self {
        let width = width.map(|width| width.clamp(NARROWEST, WIDEST));
        let set =
            |(shown, old): &(Column, Option<u32>)| (*shown, if *shown == column { width } else { *old });
        Self(self.0.iter().map(set).collect())
    }

    /// These columns without those that the list of `family` can't show.
    #[must_use]
    pub fn fitting(&self, family: Option<&Family>) -> Self {
        Self(self.0.iter().filter(|(column, _)| column.is_of(family)).copied().collect())
    }

    /// These columns, and those of `other` that the list of `family` can't show, so that a choice made in one list
    /// is not lost by a choice made in another.
    #[must_use]
    pub fn keeping(mut self, other: &Self, family: Option<&Family>) -> Self {
        for (column, width) in other.0.iter().filter(|(column, _)| !column.is_of(family)) {
            self = self.toggled(*column).with_width(*column, *width);
        }
        self
    }

    /// The value of `grid-template-columns` and the least width of a row in pixels. **Containers** takes the room
    /// that is left, unless its width is set; then the last column does.
    pub fn template(&self) -> (String, u32) {
        let takes_rest =
            |(column, width): &(Column, Option<u32>)| *column == Column::Containers && width.is_none();
        let rest = self.0.iter().position(takes_rest).unwrap_or(self.0.len().saturating_sub(1));
        let (mut text, mut least) = (String::new(), 0);
        for (at, (column, width)) in self.0.iter().enumerate() {
            let width = width.unwrap_or(column.usual_width());
            least += width;
            let width = width.to_string();
            if at == rest {
                text.push_str(&["minmax(", &width, "px,1fr) "].concat());
            } else {
                text.push_str(&[&width, "px "].concat());
            }
        }
        (text, least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;

    fn parsed(text: &str) -> Columns {
        let (columns, wrong) = Columns::parse(text, None);
        assert_eq!(wrong, Vec::<String>::new(), "{text}");
        columns.expect("columns")
    }

    #[test]
    fn the_text_of_columns_is_read_as_it_is_written() {
        for text in [
            "default",
            "outcome,job",
            "job,outcome",
            "outcome:400,started:120,job",
            "outcome,errors,status,job",
        ] {
            assert_eq!(parsed(text).text(true), text);
        }
        assert_eq!(parsed("outcome,cloud,containers,started,duration,job").text(true), "default");
        assert_eq!(Columns::standard(false).text(false), "default");
    }

    #[test]
    fn the_outcome_and_the_job_are_always_there() {
        assert_eq!(parsed("started").text(true), "outcome,started,job");
        assert_eq!(parsed("job,started").text(true), "outcome,job,started");
        let all = parsed("outcome,started,job");
        assert!(all.toggled(Column::Job) == all && all.toggled(Column::Outcome) == all);
    }

    #[test]
    fn what_is_no_column_of_the_list_is_named() {
        let wrong = |text: &str, family| Columns::parse(text, family).1;
        assert_eq!(wrong("outcome,colour,job", None), ["colour"]);
        assert_eq!(
            wrong("outcome:,started:1,ended:9999,job:x", None),
            ["outcome:", "started:1", "ended:9999", "job:x"]
        );
        assert_eq!(wrong("outcome,cloud", Some(&FAMILIES[0])), ["cloud"]);
        let without = FAMILIES.iter().find(|family| family.regions.is_none()).expect("a family");
        assert_eq!(wrong("outcome,regions", Some(without)), ["regions"]);
        assert!(Columns::parse("colour", None).0.is_none() && Columns::parse("", None).0.is_none());
        assert_eq!(parsed("started,started:120").text(true), "outcome,started,job", "the first one counts");
    }

    #[test]
    fn columns_are_chosen_moved_and_made_wider() {
        let all = parsed("outcome,started,job");
        assert_eq!(all.toggled(Column::Ended).text(true), "outcome,started,ended,job");
        assert_eq!(all.toggled(Column::Started).text(true), "outcome,job");
        assert_eq!(all.moved(Column::Started, true).text(true), "started,outcome,job");
        assert_eq!(all.moved(Column::Started, false).text(true), "outcome,job,started");
        assert_eq!(all.moved(Column::Outcome, true).text(true), "outcome,started,job", "it is the first");
        assert_eq!(all.moved(Column::Job, false).text(true), "outcome,started,job", "it is the last");
        assert_eq!(parsed("job,outcome").toggled(Column::Errors).text(true), "job,outcome,errors");
        assert_eq!(all.with_width(Column::Started, Some(1)).text(true), "outcome,started:64,job");
        assert_eq!(all.with_width(Column::Started, Some(9999)).text(true), "outcome,started:1200,job");
    }

    #[test]
    fn a_choice_of_one_list_survives_that_of_another() {
        let without = FAMILIES.iter().find(|family| family.regions.is_none()).expect("a family");
        let kept = parsed("outcome,regions:200,started,job");
        let shown = kept.fitting(Some(without));
        assert_eq!(shown.text(false), "outcome,started,job");
        let chosen = shown.toggled(Column::Started).keeping(&kept, Some(without));
        assert_eq!(chosen.text(false), "outcome,regions:200,job");
    }

    #[test]
    fn one_column_takes_the_room_that_is_left() {
        assert_eq!(parsed("outcome,containers,job").template().0, "348px minmax(180px,1fr) 172px ");
        let fixed = parsed("outcome,containers:300,job").template();
        assert_eq!((fixed.0.as_str(), fixed.1), ("348px 300px minmax(172px,1fr) ", 820));
    }
}
