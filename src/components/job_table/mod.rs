//! The table of jobs: rows, filters, pages, selection.

pub mod filters;
pub mod job_row;
pub mod list_requests;
pub mod list_tools;
pub mod load_more;
pub mod new_items;
pub mod pager;
pub mod placement;
pub mod row_press;
pub mod row_text;
pub mod rows;
pub mod selection_bar;
pub mod step;
pub mod table;
