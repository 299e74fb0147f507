//! JSON as values: reading it, strictly as RFC 8259 has it, and writing it without spaces.
//!
//! Its own and not serde's, whose readers and writers for every shape were a twelfth of the whole program; the tests
//! hold it against serde's. It owns the grammar; what the values mean is not its business.

use std::fmt;

#[derive(Clone, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    /// As it was written: nothing is rounded.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Object),
}

/// Names and values, each name once, in the order of the names.
#[derive(Clone, Default, PartialEq)]
pub struct Object(Vec<(String, Json)>);

impl Object {
    /// A name that is there already gets the new value.
    pub fn insert(&mut self, name: String, value: Json) {
        match self.find(&name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        self.find(name).ok().map(|at| &self.0[at].1)
    }

    pub fn remove(&mut self, name: &str) -> Option<Json> {
        self.find(name).ok().map(|at| self.0.remove(at).1)
    }

    pub fn iter(&self) -> impl Iterator<Item = &(String, Json)> {
        self.0.iter()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

impl IntoIterator for Object {
    type Item = (String, Json);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Json {
    /// The field of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        if let Self::Object(object) = self { object.get(name) } else { None }
    }

    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// A whole number that is written as one.
    pub fn as_u64(&self) -> Option<u64> {
        if let Self::Number(number) = self { number.parse().ok() } else { None }
    }

    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Number(number) = self { number.parse().ok() } else { None }
    }

    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push_str(number),
            Self::Text(text) => write_text(text, out),
            Self::List(list) => {
                let mut before = '[';
                for value in list {
                    out.push(before);
                    value.write(out);
                    before = ',';
                }
                out.push_str(if list.is_empty() { "[]" } else { "]" });
            }
            Self::Object(object) => {
                let mut before = '{';
                for (name, value) in object.iter() {
                    out.push(before);
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                    before = ',';
                }
                out.push_str(if before == '{' { "{}" } else { "}" });
            }
        }
    }
}

#[cfg(test)]
impl Json {
    /// What a test writes with `json!`.
    pub fn of(value: serde_json::Value) -> Self {
        parse(&value.to_string()).expect("what serde writes is JSON")
    }
}

impl fmt::Display for Json {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(&mut out);
        to.write_str(&out)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

fn write_text(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for sign in text.chars() {
        let short = match sign {
            '"' | '\\' => sign,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.push(if sign < '\u{10}' { '0' } else { '1' });
                out.push(char::from(DIGITS[sign as usize & 15]));
                continue;
            }
            _ => {
                out.push(sign);
                continue;
            }
        };
        out.push('\\');
        out.push(short);
    }
    out.push('"');
}

/// The value that `text` says. The error says what is wrong with it, and where.
pub fn parse(text: &str) -> Result<Json, String> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let read = reader.value().and_then(|value| {
        reader.skip();
        if reader.at == text.len() { Ok(value) } else { Err("trailing characters") }
    });
    read.map_err(|what| reader.complain(what))
}

/// How deep values may lie in each other: whoever sends more wants the reader to run out of its stack.
const DEEPEST: u32 = 127;

const LONE: &str = "lone surrogate in hex escape";

/// What is wrong, in words.
type Read<T> = Result<T, &'static str>;

struct Reader<'a> {
    text: &'a str,
    /// In bytes, between two characters.
    at: usize,
    depth: u32,
}

impl Reader<'_> {
    fn complain(&self, what: &str) -> String {
        let what = if self.at >= self.text.len() { "EOF while parsing a value" } else { what };
        let before = self.text.as_bytes().iter().take(self.at + 1);
        let (mut line, mut column) = (1_u64, 0_u64);
        for byte in before {
            if *byte == b'\n' {
                line += 1;
                column = 0;
            } else {
                column += 1;
            }
        }
        [what, " at line ", &line.to_string(), " column ", &column.to_string()].concat()
    }

    /// The next byte; 0, which stands nowhere in JSON, at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn skip(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Whether `byte` comes, after spaces; then it is read.
    fn takes(&mut self, byte: u8) -> bool {
        self.skip();
        let comes = self.peek() == byte;
        self.at += usize::from(comes);
        comes
    }

    fn value(&mut self) -> Read<Json> {
        self.skip();
        match self.peek() {
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number(),
            b'[' | b'{' if self.depth == DEEPEST => Err("recursion limit exceeded"),
            b'[' => {
                let mut list = Vec::new();
                self.each(b']', &mut |reader| {
                    list.push(reader.value()?);
                    Ok(())
                })?;
                Ok(Json::List(list))
            }
            b'{' => {
                let mut object = Object::default();
                self.each(b'}', &mut |reader| {
                    reader.skip();
                    if reader.peek() != b'"' {
                        return Err("key must be a string");
                    }
                    let name = reader.string()?;
                    if !reader.takes(b':') {
                        return Err("expected `:`");
                    }
                    object.insert(name, reader.value()?);
                    Ok(())
                })?;
                Ok(Json::Object(object))
            }
            _ => self.word(),
        }
    }

    /// Reads what stands between a bracket and `close`, item by item.
    fn each(&mut self, close: u8, item: &mut dyn FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.at += 1;
        if self.takes(close) {
            return Ok(());
        }
        self.depth += 1;
        loop {
            item(self)?;
            if self.takes(close) {
                self.depth -= 1;
                return Ok(());
            }
            if !self.takes(b',') {
                return Err("expected `,` or the end of the list or object");
            }
        }
    }

    fn word(&mut self) -> Read<Json> {
        let words = [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))];
        for (word, value) in words {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err("expected value")
    }

    fn number(&mut self) -> Read<Json> {
        let start = self.at;
        self.at += usize::from(self.peek() == b'-');
        if self.peek() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(Json::Number(self.since(start).to_owned()))
    }

    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err("invalid number") }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn since(&self, start: usize) -> &str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn string(&mut self) -> Read<String> {
        let mut out = String::new();
        self.at += 1;
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            out.push_str(self.since(start));
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(out);
                }
                b'\\' => {
                    self.at += 1;
                    out.push(self.escaped()?);
                }
                _ => return Err("control character (\\u0000-\\u001F) found while parsing a string"),
            }
        }
    }

    /// The character that a backslash stands before.
    fn escaped(&mut self) -> Read<char> {
        let sign = self.peek();
        self.at += 1;
        Ok(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.four()?;
                if matches!(code, 0xd800..0xdc00) && self.rest().starts_with("\\u") {
                    // The first half of a character; this must be the second.
                    self.at += 2;
                    let second = self.four()?;
                    if !matches!(second, 0xdc00..0xe000) {
                        return Err(LONE);
                    }
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (second - 0xdc00);
                }
                return char::from_u32(code).ok_or(LONE);
            }
            _ => return Err("invalid escape"),
        })
    }

    /// Four hexadecimal digits.
    fn four(&mut self) -> Read<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.peek()).to_digit(16) else { return Err("invalid escape") };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}
