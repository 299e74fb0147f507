//! Where the rows of the table of jobs stand: which slot shows which job, and how the slots are grouped. Pure.
//!
//! A slot is a row's place in the document and keeps its elements. The slots stand in groups, each a `tbody`, because the
//! browser lays out and paints a group when it comes near to what is seen and leaves the others alone: watching ten rows
//! at a time costs less than watching each of a thousand (bench/README.md has the figures).

use std::collections::{HashMap, HashSet};

/// How many rows a group has at most, but for those that come between two of its rows. `list.css` has the same figure. The
/// larger, the more rows are drawn that nobody sees; the smaller, the more there is to watch.
const FULL: usize = 10;

/// The place of a row, by a number that is never given twice.
pub type SlotId = u32;

/// A slot and the key of the job that it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub id: SlotId,
    pub key: String,
}

/// Some slots that stand in one `tbody`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: u32,
    pub slots: Vec<Slot>,
}

/// All slots, in the order in which they stand.
#[derive(Debug, Default)]
pub struct Placement {
    pub groups: Vec<Group>,
    last_slot: SlotId,
    last_group: u32,
}

impl Placement {
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.groups.iter().flat_map(|group| &group.slots)
    }

    /// Gives each of `keys` a slot, in their order; no two of them are equal.
    ///
    /// A job that is shown already keeps its slot. Where none of them is, as after a turn of the page, the slots are given
    /// to the new jobs, each where it stands. The `focused` slot is never given to another job: whoever is about to press
    /// Enter would open that one.
    pub fn show(&mut self, keys: &[&str], focused: Option<SlotId>) {
        if self.slots().map(|slot| slot.key.as_str()).eq(keys.iter().copied()) {
            return;
        }
        let wanted: HashSet<&str> = keys.iter().copied().collect();
        if self.slots().any(|slot| wanted.contains(slot.key.as_str())) {
            self.insert(keys, focused);
        } else {
            self.take_over(keys, focused);
        }
        self.groups.retain(|group| !group.slots.is_empty());
    }

    /// Gives the jobs of some slots new ones in the same places.
    pub fn renew(&mut self, is_lost: impl Fn(SlotId) -> bool) {
        for slot in self.groups.iter_mut().flat_map(|group| &mut group.slots).filter(|slot| is_lost(slot.id))
        {
            self.last_slot += 1;
            slot.id = self.last_slot;
        }
    }

    /// Gives every slot to another job.
    fn take_over(&mut self, keys: &[&str], focused: Option<SlotId>) {
        let mut keys = keys.iter().copied();
        for group in &mut self.groups {
            group.slots.retain_mut(|slot| {
                if focused == Some(slot.id) {
                    return false;
                }
                let Some(key) = keys.next() else { return false };
                key.clone_into(&mut slot.key);
                true
            });
        }
        let rest: Vec<&str> = keys.collect();
        self.append(&rest);
    }

    /// Keeps the slots of the jobs that stay, and puts new ones between them.
    fn insert(&mut self, keys: &[&str], focused: Option<SlotId>) {
        let kept = self.kept(keys, focused);
        for group in &mut self.groups {
            group.slots.retain(|slot| kept.contains(&slot.key));
        }
        self.groups.retain(|group| !group.slots.is_empty());
        // From the end, so that what is inserted moves nothing that is still to be found.
        let mut end = keys.len();
        while end > 0 {
            let begin = keys[..end].iter().rposition(|key| kept.contains(*key)).map_or(0, |at| at + 1);
            if begin < end {
                self.put(&keys[begin..end], keys.get(end).copied());
            }
            end = begin.saturating_sub(1);
        }
    }

    /// The keys of the jobs that keep their slots: those whose order is as before. Where the order changed, the others get
    /// new slots, because an element that is moved loses the focus; the `focused` one is always among those that stay.
    fn kept(&self, keys: &[&str], focused: Option<SlotId>) -> HashSet<String> {
        let places: HashMap<&str, usize> =
            self.slots().enumerate().map(|(at, slot)| (slot.key.as_str(), at)).collect();
        let anchor = focused.and_then(|id| self.slots().position(|slot| slot.id == id));
        let mut anchor_ahead = anchor.filter(|at| keys.iter().any(|key| places.get(key) == Some(at)));
        let mut least = 0;
        let mut kept = HashSet::new();
        for key in keys {
            let Some(&at) = places.get(key) else { continue };
            if anchor_ahead == Some(at) {
                anchor_ahead = None;
            } else if at < least || anchor_ahead.is_some_and(|anchor| at > anchor) {
                continue;
            }
            least = at + 1;
            kept.insert((*key).to_owned());
        }
        kept
    }

    /// Where the slot of a job stands: its group, and its place there.
    fn find(&self, key: &str) -> Option<(usize, usize)> {
        self.groups
            .iter()
            .enumerate()
            .find_map(|(group, slots)| Some((group, slots.slots.iter().position(|slot| slot.key == key)?)))
    }

    /// Puts new slots before that of the job `next`, or at the end.
    fn put(&mut self, keys: &[&str], next: Option<&str>) {
        let Some((group, at)) = next.and_then(|next| self.find(next)) else { return self.append(keys) };
        // Between two rows of a group they have no other place; one at the edge of a group has room in it.
        if at > 0 || keys.len() == 1 && self.groups[group].slots.len() < FULL {
            let new = self.slots_for(keys);
            self.groups[group].slots.splice(at..at, new);
            return;
        }
        let new = self.groups_for(keys);
        self.groups.splice(group..group, new);
    }

    fn append(&mut self, keys: &[&str]) {
        let room = self.groups.last().map_or(0, |last| FULL.saturating_sub(last.slots.len()));
        let (first, rest) = keys.split_at(room.min(keys.len()));
        let new = self.slots_for(first);
        if let Some(last) = self.groups.last_mut() {
            last.slots.extend(new);
        }
        let new = self.groups_for(rest);
        self.groups.extend(new);
    }

    fn groups_for(&mut self, keys: &[&str]) -> Vec<Group> {
        keys.chunks(FULL)
            .map(|keys| {
                self.last_group += 1;
                Group { id: self.last_group, slots: self.slots_for(keys) }
            })
            .collect()
    }

    fn slots_for(&mut self, keys: &[&str]) -> Vec<Slot> {
        keys.iter()
            .map(|key| {
                self.last_slot += 1;
                Slot { id: self.last_slot, key: (*key).to_owned() }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(placement: &Placement) -> Vec<String> {
        placement.slots().map(|slot| slot.key.clone()).collect()
    }

    fn shown(text: &str) -> Placement {
        let mut placement = Placement::default();
        placement.show(&letters(text), None);
        placement
    }

    fn letters(text: &str) -> Vec<&str> {
        text.split_terminator("").skip(1).collect()
    }

    fn slot(placement: &Placement, key: &str) -> SlotId {
        placement.slots().find(|slot| slot.key == key).expect("it is shown").id
    }

    #[test]
    fn a_turn_of_the_page_reuses_every_slot_but_the_focused_one() {
        let mut placement = shown("abc");
        let before: Vec<_> = placement.slots().map(|slot| slot.id).collect();
        placement.show(&letters("xyz"), None);
        assert_eq!(placement.slots().map(|slot| slot.id).collect::<Vec<_>>(), before);
        let focused = slot(&placement, "y");
        placement.show(&letters("abcd"), Some(focused));
        assert_eq!(keys(&placement).concat(), "abcd");
        assert!(placement.slots().all(|slot| slot.id != focused));
    }

    #[test]
    fn a_job_that_stays_keeps_its_slot() {
        let mut placement = shown("bcd");
        let before = ["b", "c"].map(|key| slot(&placement, key));
        placement.show(&letters("abxc"), None);
        assert_eq!(["b", "c"].map(|key| slot(&placement, key)), before);
        assert_eq!(keys(&placement).concat(), "abxc");
    }

    #[test]
    fn several_new_ones_at_the_top_have_a_group_of_their_own() {
        let mut placement = shown("bcd");
        placement.show(&letters("abcd"), None);
        assert_eq!(placement.groups.len(), 1, "one finds room");
        placement.show(&letters("xyabc"), None);
        assert_eq!(placement.groups.len(), 2);
        assert_eq!(keys(&placement).concat(), "xyabc");
    }

    #[test]
    fn where_the_order_turns_the_focused_one_stays() {
        let mut placement = shown("abcdef");
        let focused = slot(&placement, "d");
        placement.show(&letters("fedcba"), Some(focused));
        assert_eq!(slot(&placement, "d"), focused);
        assert_eq!(keys(&placement).concat(), "fedcba");
    }

    proptest! {
        #[test]
        fn whatever_comes_stands_in_its_order(
            lists in prop::collection::vec(prop::sample::subsequence((0..60).collect::<Vec<u8>>(), 0..40), 1..8),
            turned in prop::collection::vec(any::<bool>(), 8),
            focus in prop::collection::vec(0..40_usize, 8),
        ) {
            let mut placement = Placement::default();
            for ((list, turned), focus) in lists.iter().zip(turned).zip(focus) {
                let mut names: Vec<String> = list.iter().map(ToString::to_string).collect();
                if turned {
                    names.reverse();
                }
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let focused = placement.slots().nth(focus).cloned();
                placement.show(&names, focused.as_ref().map(|slot| slot.id));
                prop_assert_eq!(keys(&placement), names.clone());
                let ids: HashSet<SlotId> = placement.slots().map(|slot| slot.id).collect();
                prop_assert_eq!(ids.len(), names.len());
                prop_assert!(placement.groups.iter().all(|group| !group.slots.is_empty()));
                if let Some(focused) = focused {
                    let now = placement.slots().find(|slot| slot.id == focused.id);
                    prop_assert_eq!(now.map(|slot| &slot.key), names.contains(&&*focused.key).then_some(&focused.key));
                }
            }
        }
    }
}
