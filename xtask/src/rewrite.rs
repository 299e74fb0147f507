//! Reads and changes what a WebAssembly file asks for and offers; nothing else in it is touched.

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

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

/// The file with other names for what it asks for, where `rename` has one.
pub fn with_names(program: &[u8], rename: impl Fn(&str) -> Option<String>) -> Result<Vec<u8>> {
    changed(program, |payload, module| {
        let Payload::ImportSection(section) = payload else { return Ok(false) };
        let mut named = ImportSection::new();
        for import in section.clone().into_imports() {
            let import = import?;
            let name = rename(import.name);
            let kind = RoundtripReencoder.entity_type(import.ty)?;
            named.import(import.module, name.as_deref().unwrap_or(import.name), kind);
        }
        module.section(&named);
        Ok(true)
    })
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
