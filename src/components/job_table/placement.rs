//! The placement of rows in the job table: which slot shows which job, and how slots are grouped. Pure: it touches no
//! DOM and no signals.
//!
//! A slot is the place of a row in the document and keeps its elements. Slots are in groups, each a `tbody`, because
//! the browser lays out and paints a group when it comes near the viewport and skips the others: observing ten rows
//! at a time costs less than observing each of a thousand (bench/README.md has the figures).

use std::collections::{HashMap, HashSet};

/// The largest number of rows in a group, not counting rows that are inserted between two of its rows. `list.css` has
/// the same figure. A larger group draws more rows outside the viewport; a smaller one leaves more groups to observe.
const FULL: usize = 10;

/// Identifies a slot. Ids are never reused.
pub type SlotId = u32;

/// A slot, and the key of the job that it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub id: SlotId,
    pub key: String,
}

/// The slots of one `tbody`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: u32,
    pub slots: Vec<Slot>,
}

/// All slots, in document order.
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

    /// Assigns a slot to each of `keys`, in their order. The keys must be unique.
    ///
    /// A job that already has a slot keeps it. If no job has one, as after a page change, the existing slots are
    /// reused in place for the new jobs. The `focused` slot is never reused for another job, because Enter would then
    /// open the wrong one.
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

    /// Replaces the slots for which `is_lost` returns `true` by new slots in the same places.
    pub fn renew(&mut self, is_lost: impl Fn(SlotId) -> bool) {
        for slot in self.groups.iter_mut().flat_map(|group| &mut group.slots).filter(|slot| is_lost(slot.id))
        {
            self.last_slot += 1;
            slot.id = self.last_slot;
        }
    }

    /// Reuses all slots except the focused one for other jobs.
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

    /// Keeps the slots of jobs that stay, and inserts slots for the new ones.
    fn insert(&mut self, keys: &[&str], focused: Option<SlotId>) {
        let kept = self.kept(keys, focused);
        for group in &mut self.groups {
            group.slots.retain(|slot| kept.contains(&slot.key));
        }
        self.groups.retain(|group| !group.slots.is_empty());
        // From the end, so that an insertion does not shift the positions that are still to be found.
        let mut end = keys.len();
        while end > 0 {
            let begin = keys[..end].iter().rposition(|key| kept.contains(*key)).map_or(0, |at| at + 1);
            if begin < end {
                self.put(&keys[begin..end], keys.get(end).copied());
            }
            end = begin.saturating_sub(1);
        }
    }

    /// The keys of the jobs that keep their slots, which are those whose relative order has not changed. The others
    /// get new slots, because moving an element takes the focus away from it. The `focused` job always keeps its slot
    /// if it stays.
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

    /// The position of a job's slot: the index of its group, and the index within the group.
    fn find(&self, key: &str) -> Option<(usize, usize)> {
        self.groups
            .iter()
            .enumerate()
            .find_map(|(group, slots)| Some((group, slots.slots.iter().position(|slot| slot.key == key)?)))
    }

    /// Inserts new slots before the slot of the job `next`, or appends them if it is `None`.
    fn put(&mut self, keys: &[&str], next: Option<&str>) {
        let Some((group, at)) = next.and_then(|next| self.find(next)) else { return self.append(keys) };
        // Between two rows of a group there is no other place. A single row before a group joins it if it has room.
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
