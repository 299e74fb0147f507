//! The checks of the panel's property tests, for the fuzz targets.

#[path = "../../tests/structure/input_checks.rs"]
pub mod input_checks;
