//! The panel's table of families against the emulator's. Both were written from the documentation, independently, so a mistake
//! in one of them is a difference.

use cckm::family::FAMILIES;
use emulator::families;

#[test]
fn the_tables_of_the_panel_and_the_emulator_agree() {
    let slugs: Vec<_> = families::all().map(|family| family.slug).collect();
    assert_eq!(FAMILIES.iter().map(|family| family.slug).collect::<Vec<_>>(), slugs);
    for (panel, own) in FAMILIES.iter().zip(families::all()) {
        let slug = own.slug;
        assert_eq!(panel.root, format!("/cckm/{}", own.root), "{slug}: the path");
        assert_eq!(panel.filter, own.filter, "{slug}: the filter");
        assert_eq!(panel.selector, own.selector, "{slug}: the field of a start");
        assert_eq!(panel.job_field, own.job_field, "{slug}: the field of a job");
        assert_eq!(panel.containers.path, format!("/cckm/{}", own.containers.path), "{slug}: the containers");
        assert_eq!(panel.regions.is_some(), own.regions, "{slug}: regions narrow a start");
        assert_eq!(panel.containers.regions.is_some(), own.regions, "{slug}: containers have regions");
        let backs_up = panel.switches.iter().any(|switch| switch.field == "take_cloud_key_backup");
        assert_eq!(backs_up, own.key_backup, "{slug}: keys are backed up");
        let scheduled = panel.schedule.as_ref().map(|known| (known.cloud_name, known.selector));
        assert_eq!(scheduled, own.scheduled, "{slug}: the scheduler's names");
        assert_eq!(panel.optional, own.key_source, "{slug}: a key source");
    }
}
