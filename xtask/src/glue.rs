//! What is done to the script that wasm-bindgen wrote: classes that nobody makes, functions that the program no longer
//! asks for, and long names go. Reads the script by the shape that the one pinned version of wasm-bindgen gives it, and
//! stops the build where it finds another.

use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};

/// How an entry of the table of imports begins.
const ENTRY: &str = "        __wb";

/// Without the exported classes: a panel hands out none, but a dependency may bring some, and keep code alive with them.
pub fn without_classes(script: &str) -> String {
    let classes: Vec<&str> =
        script.lines().filter_map(|line| line.strip_prefix("export class ")?.split(' ').next()).collect();
    let mut text = String::new();
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        // Each stands in lines of its own, up to the one that ends it.
        let end = classes.iter().find_map(|class| {
            let starts = |begin: &str, end: &str| {
                line.starts_with(&begin.replace("{}", class)).then(|| end.to_owned())
            };
            starts("export class {} {", "}")
                .or_else(|| starts("const {}Finalization = ", ";"))
                .or_else(|| starts("if (Symbol.dispose) {}.", ";"))
        });
        match end.as_deref() {
            Some("}") => while lines.next().is_some_and(|line| line != "}") {},
            Some(end) if !line.ends_with(end) => {
                while lines.next().is_some_and(|line| !line.ends_with(end)) {}
            }
            Some(_) => {}
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

/// With each module imported once: wasm-bindgen imports the same one again for each function of it.
pub fn with_modules_once(script: &str) -> String {
    let mut known = BTreeSet::new();
    let mut again = Vec::new();
    let mut text = String::new();
    for line in script.lines() {
        if let Some((name, module)) =
            line.strip_prefix("import * as ").and_then(|line| line.split_once(" from "))
            && !known.insert(module)
        {
            again.push(format!("{module}: {name},"));
        } else if !again.iter().any(|entry| entry == line.trim_start()) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// Whether the script uses the program's export `name`.
pub fn calls(script: &str, name: &str) -> bool {
    let is_word =
        |next: Option<char>| next.is_some_and(|next| next.is_alphanumeric() || next == '_' || next == '$');
    let dotted = ["wasm.", name].concat();
    script.match_indices(&dotted).any(|(at, _)| !is_word(script[at + dotted.len()..].chars().next()))
}

/// The script with only the imports in `asked`, each under a short name, and what each is called now.
pub fn with_short_names(script: &str, asked: &[String]) -> Result<(String, BTreeMap<String, String>)> {
    let asked: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
    let mut names = BTreeMap::new();
    let mut text = String::new();
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        let name = if line.starts_with(ENTRY) { line.trim_start().split(':').next() } else { None };
        match name {
            Some(name) if !asked.contains(name) => {
                while lines.next().is_some_and(|line| !line.starts_with("        }")) {}
            }
            Some(name) => {
                let short = format!("_{}", names.len());
                text.push_str(&line.replacen(name, &short, 1));
                text.push('\n');
                names.insert(name.to_owned(), short);
            }
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    let missing = asked.iter().find(|name| name.starts_with("__wb") && !names.contains_key(**name));
    if let Some(missing) = missing {
        bail!("the script of wasm-bindgen has no entry for {missing}: has its shape changed?");
    }
    Ok((text, names))
}

/// A file that the script names, with its integrity.
#[derive(Debug)]
pub struct Named {
    /// What stands for it in the script, in braces.
    pub place: &'static str,
    pub file: String,
    pub integrity: String,
}

/// The script with the files' names in it.
pub fn with_files(script: &str, files: &[Named]) -> Result<String> {
    let mut text = script.to_owned();
    for Named { place, file, integrity } in files {
        for (place, value) in [(format!("{{{place}}}"), file), (format!("{{{place} integrity}}"), integrity)]
        {
            if text.matches(&place).count() != 1 {
                bail!("the script must name {place} exactly once");
            }
            text = text.replace(&place, value);
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Named, calls, with_files, with_modules_once, with_short_names, without_classes};

    const SCRIPT: &str = "\
import * as import1 from \"./__wasm_split.js\"
import * as import2 from \"./__wasm_split.js\"

export class Source {
    free() {
        wasm.__wbg_source_free(1);
    }
}
if (Symbol.dispose) Source.prototype[Symbol.dispose] = Source.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_focus_f740d61348f422e7: function() { return handleError(function (arg0) {
            arg0.focus();
        }, arguments); },
        __wbg_hash_c4083658cccb641b: function(arg0) {
            return wasm.__wbindgen_malloc(1);
        },
    };
    return {
        __proto__: null,
        \"./key-sync_bg.js\": import0,
        \"./__wasm_split.js\": import1,
        \"./__wasm_split.js\": import2,
    };
}
const SourceFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_source_free(ptr, 1));
export { __wbg_init as default };
";

    #[test]
    fn classes_go_with_all_that_belongs_to_them() {
        let script = without_classes(SCRIPT);
        assert!(!script.contains("Source"), "{script}");
        assert!(script.contains("export { __wbg_init as default };"), "{script}");
        assert!(calls(SCRIPT, "__wbg_source_free") && !calls(&script, "__wbg_source_free"));
        assert!(calls(&script, "__wbindgen_malloc") && !calls(&script, "__wbindgen_mall"));
    }

    #[test]
    fn imports_that_nobody_asks_for_go_and_the_others_are_short() {
        let asked = ["__wbg_hash_c4083658cccb641b", "__wasm_split_load_second"].map(str::to_owned);
        let (script, names) = with_short_names(SCRIPT, &asked).expect("the script is whole");
        assert!(!script.contains("focus") && script.contains("        _0: function(arg0) {\n"), "{script}");
        assert_eq!(names["__wbg_hash_c4083658cccb641b"], "_0");
        assert_eq!(names.len(), 1);
    }

    #[test]
    fn an_import_that_the_script_lacks_stops_the_build() {
        assert!(with_short_names(SCRIPT, &["__wbg_gone_0".to_owned()]).is_err());
    }

    #[test]
    fn a_module_is_imported_once() {
        let script = with_modules_once(SCRIPT);
        let lines = |has: &str| script.lines().filter(|line| line.contains(has)).count();
        assert_eq!((lines("__wasm_split.js"), lines("import1"), lines("import2")), (2, 2, 0), "{script}");
        assert_eq!(script.lines().count(), SCRIPT.lines().count() - 2);
    }

    #[test]
    fn files_are_named_once() {
        let file = |place, file: &str, integrity: &str| Named {
            place,
            file: file.to_owned(),
            integrity: integrity.to_owned(),
        };
        let files = [file("list", "a.wasm", "sha384-a"), file("style", "b.css", "sha384-b")];
        let template = "{list}{list integrity}{style}{style integrity}";
        assert_eq!(with_files(template, &files).expect("filled"), "a.wasmsha384-ab.csssha384-b");
        assert!(with_files("{list}{list integrity}", &files).is_err());
        assert!(with_files(&template.repeat(2), &files).is_err());
    }
}
