//! Reads and changes what a WebAssembly file asks for and offers; nothing else in it is touched.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportKind, ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload, TypeRef};

/// What the file asks for, as module and name.
pub fn imports(program: &[u8]) -> Result<Vec<(String, String)>> {
    let mut all = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                all.push((import.module.to_owned(), import.name.to_owned()));
            }
        }
    }
    Ok(all)
}

/// The file with only the exports that `keep` wants.
pub fn with_exports(program: &[u8], keep: impl Fn(&str) -> bool) -> Result<Vec<u8>> {
    changed(program, |payload, module| {
        let Payload::ExportSection(section) = payload else { return Ok(false) };
        let mut kept = ExportSection::new();
        for export in section.clone() {
            let export = export?;
            if keep(export.name) {
                RoundtripReencoder.parse_export(&mut kept, export)?;
            }
        }
        module.section(&kept);
        Ok(true)
    })
}

/// The file with other names, of module and thing, for what it asks for.
pub fn with_imports(program: &[u8], rename: impl Fn(&mut String, &mut String)) -> Result<Vec<u8>> {
    changed(program, |payload, module| {
        let Payload::ImportSection(section) = payload else { return Ok(false) };
        let mut named = ImportSection::new();
        for import in section.clone().into_imports() {
            let import = import?;
            let (mut of, mut name) = (import.module.to_owned(), import.name.to_owned());
            rename(&mut of, &mut name);
            named.import(&of, &name, RoundtripReencoder.entity_type(import.ty)?);
        }
        module.section(&named);
        Ok(true)
    })
}

/// A file that asks `of` for all that the files ask for, each once, and offers it under the same name.
pub fn handing_on(programs: &[Vec<u8>], of: &str) -> Result<Vec<u8>> {
    let mut kinds: BTreeMap<&str, TypeRef> = BTreeMap::new();
    for program in programs {
        for payload in Parser::new(0).parse_all(program) {
            if let Payload::ImportSection(section) = payload? {
                for import in section.into_imports() {
                    let import = import?;
                    kinds.entry(import.name).or_insert(import.ty);
                }
            }
        }
    }
    let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
    let mut before: Vec<ExportKind> = Vec::new();
    for (name, kind) in kinds {
        imports.import(of, name, RoundtripReencoder.entity_type(kind)?);
        let kind = match kind {
            TypeRef::Memory(_) => ExportKind::Memory,
            TypeRef::Table(_) => ExportKind::Table,
            TypeRef::Global(_) => ExportKind::Global,
            _ => bail!("{name} is neither memory nor table nor global"),
        };
        let at = before.iter().filter(|other| **other == kind).count();
        exports.export(name, kind, u32::try_from(at)?);
        before.push(kind);
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    Ok(module.finish())
}

/// Copies section by section; `change` writes its own in place of one and says so.
fn changed(program: &[u8], change: impl Fn(&Payload, &mut Module) -> Result<bool>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section()
            && !change(&payload, &mut module)?
        {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = program.get(range).context("a section ends after the file")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use super::{handing_on, imports, with_exports, with_imports};
    use wasm_encoder::{EntityType, GlobalType, ImportSection, MemoryType, Module, ValType};
    use wasmparser::{Parser, Payload};

    const MEMORY: MemoryType =
        MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
    const STACK: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

    fn asking(names: &[(&str, EntityType)]) -> Vec<u8> {
        let mut section = ImportSection::new();
        for (name, kind) in names {
            section.import("shared", name, *kind);
        }
        let mut module = Module::new();
        module.section(&section);
        module.finish()
    }

    fn exports(program: &[u8]) -> Vec<String> {
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(program) {
            if let Payload::ExportSection(section) = payload.expect("valid") {
                names.extend(section.into_iter().map(|export| export.expect("valid").name.to_owned()));
            }
        }
        names
    }

    #[test]
    fn what_several_ask_for_is_handed_on_once() {
        let memory = ("memory", EntityType::Memory(MEMORY));
        let stack = ("stack", EntityType::Global(STACK));
        let program = handing_on(&[asking(&[memory]), asking(&[stack, memory])], "first").expect("handed on");
        let asked =
            [("first", "memory"), ("first", "stack")].map(|(of, name)| (of.to_owned(), name.to_owned()));
        assert_eq!(imports(&program).expect("read"), asked);
        assert_eq!(exports(&program), ["memory", "stack"]);
        assert!(handing_on(&[asking(&[("call", EntityType::Function(0))])], "first").is_err());
    }

    #[test]
    fn imports_get_other_names_and_exports_go() {
        let program =
            handing_on(&[asking(&[("memory", EntityType::Memory(MEMORY))])], "first").expect("made");
        let renamed = with_imports(&program, |of, name| {
            of.push('2');
            "m".clone_into(name);
        });
        let renamed = with_exports(&renamed.expect("renamed"), |_| false).expect("without exports");
        assert_eq!(imports(&renamed).expect("read"), [("first2".to_owned(), "m".to_owned())]);
        assert_eq!(exports(&renamed), [""; 0]);
    }
}
