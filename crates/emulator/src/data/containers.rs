//! The parts that all generated containers share.

use chrono::{DateTime, Utc};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::random;

/// Draws a failure for a container; about one in nine has one.
pub fn failure(rng: &mut Rng, texts: &[&str]) -> Option<String> {
    random::chance(rng, 11).then(|| (*random::pick(rng, texts)).to_owned())
}

/// The members that every container has.
pub fn base(rng: &mut Rng, kind: &str, account: &str, added: DateTime<Utc>) -> Value {
    let id = random::uuid(rng);
    let time = crate::clock::micros(added);
    json!({
        "uri": format!("kylo:kylo:cckm:{kind}:{id}"),
        "id": id,
        "account": account,
        "createdAt": time,
        "updatedAt": time,
    })
}

/// `base` with more members.
pub fn with(mut base: Value, more: Value) -> Value {
    if let (Some(base), Value::Object(more)) = (base.as_object_mut(), more) {
        base.extend(more);
    }
    base
}
