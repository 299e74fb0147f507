//! What a person sees. Draws what the state says, prints links, and calls what a press asks for; sets no data.

pub mod account;
pub mod actions;
pub mod all;
pub mod attention;
pub mod behind;
pub mod cancel;
pub mod cancel_selected;
pub mod cloud;
pub mod counts;
pub mod detail;
pub mod freshness;
mod freshness_table;
pub mod guard;
pub mod history;
pub mod jobs;
pub mod notices;
pub mod parts;
pub mod rest;
pub mod same_texts;
pub mod selection_bar;
pub mod several;
pub mod shell;
pub mod sign_in;
pub mod start;
pub mod watching;
