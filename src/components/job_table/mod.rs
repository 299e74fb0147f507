//! The table of jobs: rows, filters, pages, selection.

pub mod address_filters;
pub mod chosen_rows;
pub mod column_widths;
pub mod columns_menu;
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
pub mod started_header;
pub mod step;
pub mod table;
pub mod views_menu;
