//! What is wrong with an expression, and what would be right.

use super::field::Field;
use std::fmt;

/// A mistake in an expression. Its text is for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronError {
    /// The field with the mistake; `None` where the expression as a whole is wrong.
    pub field: Option<Field>,
    /// The text of the field, or the whole expression.
    pub text: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is no text.
    Empty,
    /// There are this many fields in place of five.
    Fields(usize),
    /// A word such as `@daily`, and the expression that it stands for where there is one.
    Shorthand(Option<&'static str>),
    /// Nothing stands before or after a comma or a hyphen.
    EmptyItem,
    /// The text is no value of the field.
    Value(String),
    /// The number is too small or too large.
    Range(String),
    /// The range runs backwards; the second text is what it probably means.
    Backwards(String, String),
    /// The step is 0.
    ZeroStep,
    /// The step is no number.
    Step(String),
    /// A question mark in a wrong place; whether the field may be a question mark.
    QuestionMark(bool),
    /// `L`, `W` or `#`, which other schedulers know.
    Extension(String),
}

impl CronError {
    pub(super) fn of(field: Field, text: &str, problem: Problem) -> Self {
        Self { field: Some(field), text: text.to_owned(), problem }
    }

    pub(super) fn of_all(text: &str, problem: Problem) -> Self {
        Self { field: None, text: text.to_owned(), problem }
    }
}

const ORDER: &str = "minute, hour, day of month, month and day of week, such as 0 2 * * *";

impl fmt::Display for CronError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(out, "{}: ", field.name())?;
        }
        let values = self.field.map_or(ORDER, Field::values);
        match &self.problem {
            Problem::Empty => write!(out, "Nothing is written. Write {ORDER}."),
            Problem::Fields(1) => write!(out, "There is 1 field, and there must be 5: {ORDER}."),
            Problem::Fields(count @ 6..) => write!(
                out,
                "There are {count} fields, and there must be 5: {ORDER}. Leave out seconds and years."
            ),
            Problem::Fields(count) => write!(out, "There are {count} fields, and there must be 5: {ORDER}."),
            Problem::Shorthand(Some(expression)) => {
                write!(out, "{} is not known to the server. Write {expression}.", self.text)
            }
            Problem::Shorthand(None) => {
                write!(out, "{} is not known to the server. Write {ORDER}.", self.text)
            }
            Problem::EmptyItem => {
                write!(out, "a value is missing in “{}”. Write {values}.", self.text)
            }
            Problem::Value(text) => write!(out, "“{text}” is no value of this field. Write {values}."),
            Problem::Range(text) => write!(out, "{text} is out of range. Write {values}."),
            Problem::Backwards(range, right) => {
                write!(out, "{range} runs backwards. Write {right}.")
            }
            Problem::ZeroStep => {
                write!(out, "a step of 0 never moves on. Write a step of 1 or more, such as */2.")
            }
            Problem::Step(text) if text.is_empty() => {
                write!(out, "the step after / is missing. Write a number, such as */2.")
            }
            Problem::Step(text) => write!(out, "the step “{text}” is no number. Write one, such as */2."),
            Problem::QuestionMark(true) => {
                write!(out, "? stands alone. Write ? or * in place of “{}”.", self.text)
            }
            Problem::QuestionMark(false) => {
                write!(out, "? is for the day of month and the day of week. Write * for every value.")
            }
            Problem::Extension(text) => {
                write!(out, "“{text}” is not known to the server: it has no L, W and #. Write {values}.")
            }
        }
    }
}

impl std::error::Error for CronError {}
