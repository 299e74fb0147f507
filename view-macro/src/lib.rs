//! `view! { … }`: the panel's views, written as Leptos writes them and drawn by the panel's own `dom`.
//!
//! Each view becomes one text, the program, and a list of what is not known while compiling, in the order in which
//! the program asks for it. Programs cost next to nothing in the WebAssembly, where code for each element does.
//! The steps are parted by U+0001 and begin with what they do:
//!
//! | step | what it does |
//! |---|---|
//! | `<tag` | opens an element; one of a picture is written `svg:tag`, but for `svg` itself and `use` |
//! | `/` | closes it |
//! | `=name=value` | sets an attribute |
//! | `"text` | adds a text |
//! | `@name` | binds the next part: an attribute, `class:…`, `prop:…`, `style:…`, `on:…` or `node_ref` |
//! | `{` | adds the next part as a child |

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Lit, Stmt};

type Element = rstml::node::NodeElement<Infallible>;

#[proc_macro]
pub fn view(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input.into()).unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let parser = rstml::Parser::new(rstml::ParserConfig::default().recover_block(true));
    let (nodes, problems) = parser.parse_recoverable(input).split_vec();
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the type is of a crate that is not named here"
    )]
    let problems = problems.into_iter().map(|problem| problem.emit_as_expr_tokens());
    let view = of_nodes(&nodes)?;
    Ok(quote! {{ #(#problems;)* #view }})
}

#[derive(Default)]
struct Program {
    steps: Vec<String>,
    parts: Vec<TokenStream>,
}

fn of_nodes(nodes: &[Node]) -> syn::Result<TokenStream> {
    let mut program = Program::default();
    for node in nodes {
        program.node(node)?;
    }
    let (steps, parts) = (program.steps.join("\u{1}"), program.parts);
    Ok(quote! { crate::dom::Parts::new(#steps) #(#parts)* .build() })
}

impl Program {
    fn step(&mut self, step: impl Into<String>) {
        self.steps.push(step.into());
    }

    fn child(&mut self, value: &TokenStream) {
        self.step("{");
        self.parts.push(quote! { .with(#value) });
    }

    fn node(&mut self, node: &Node) -> syn::Result<()> {
        match node {
            Node::Text(text) => self.step(format!("\"{}", text.value_string())),
            Node::Block(block) => self.child(&of_block(block)?),
            Node::Element(element) if is_component(element) => self.child(&component(element)?),
            Node::Element(element) => self.element(element)?,
            other => {
                return Err(Error::new(
                    other.span(),
                    "an element, a component, a text or a block is expected",
                ));
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &Element) -> syn::Result<()> {
        let tag = element.name().to_string();
        self.step(format!("<{tag}"));
        for attribute in attributes(element)? {
            self.attribute(&tag, attribute);
        }
        for child in &element.children {
            self.node(child)?;
        }
        self.step("/");
        Ok(())
    }

    fn attribute(&mut self, tag: &str, attribute: &KeyedAttribute) {
        let name = attribute.key.to_string();
        let Some(value) = attribute.value() else {
            self.step(format!("={name}="));
            return;
        };
        let part = if let Some(event) = name.strip_prefix("on:") {
            handler(tag, event, value)
        } else if name == "node_ref" {
            quote! { .node(#value) }
        } else {
            match value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if !name.contains(':') => {
                    self.step(format!("={name}={}", text.value()));
                    return;
                }
                value => quote! { .with(#value) },
            }
        };
        let name = name.trim_end_matches(":target").to_owned();
        self.step(format!("@{name}"));
        self.parts.push(part);
    }
}

/// `on:event=…`, or `on:event:target=…` where the handler wants the element as its own type.
fn handler(tag: &str, event: &str, value: &Expr) -> TokenStream {
    let (event, target) = match event.strip_suffix(":target") {
        Some(event) => (event, true),
        None => (event, false),
    };
    let kind = format_ident!(
        "{}",
        match event {
            "click" | "dblclick" | "mousedown" | "mouseup" => "MouseEvent",
            "keydown" | "keyup" => "KeyboardEvent",
            "focus" | "blur" | "focusin" | "focusout" => "FocusEvent",
            "submit" => "SubmitEvent",
            _ => "Event",
        }
    );
    if !target {
        return quote! { .on::<::web_sys::#kind>(#value) };
    }
    let element = format_ident!(
        "{}",
        match tag {
            "input" => "HtmlInputElement",
            "select" => "HtmlSelectElement",
            "textarea" => "HtmlTextAreaElement",
            _ => "HtmlElement",
        }
    );
    quote! { .on_target::<::web_sys::#kind, ::web_sys::#element>(#value) }
}

/// `<Show when=… fallback=…>` and `<For each=… children=…>` belong to `dom`; every other is a component of Leptos.
fn component(element: &Element) -> syn::Result<TokenStream> {
    let name = element.name();
    let mut props = Vec::new();
    for attribute in attributes(element)? {
        let key = format_ident!("{}", attribute.key.to_string());
        let value = attribute.value().map_or_else(|| quote! { true }, |value| quote! { #value });
        props.push((key, value));
    }
    let children = match element.children.as_slice() {
        [] => None,
        children => Some(of_nodes(children)?),
    };
    let prop = |wanted: &str| props.iter().find(|(key, _)| key == wanted).map(|(_, value)| value);
    let missing = |what: &str| Error::new(name.span(), format!("{what} is missing"));
    match name.to_string().as_str() {
        "Show" => {
            let when = prop("when").ok_or_else(|| missing("when"))?;
            let fallback = if let Some(fallback) = prop("fallback") {
                quote! { ::core::option::Option::Some(crate::dom::boxed(#fallback)) }
            } else {
                quote! { ::core::option::Option::None }
            };
            Ok(quote! { crate::dom::show(#when, crate::dom::boxed(move || #children), #fallback) })
        }
        "For" => {
            let each = prop("each").ok_or_else(|| missing("each"))?;
            let row = prop("children").ok_or_else(|| missing("children"))?;
            Ok(quote! { crate::dom::keyed(#each, #row) })
        }
        _ => {
            let setters = props.iter().map(|(key, value)| quote! { .#key(#value) });
            let children = children.map(|children| quote! { .children(#children) });
            Ok(quote_spanned! { name.span() =>
                ::leptos::component::component_view(
                    #name,
                    ::leptos::component::component_props_builder(&#name) #(#setters)* #children .build(),
                )
            })
        }
    }
}

fn is_component(element: &Element) -> bool {
    element.name().to_string().starts_with(|first: char| first.is_ascii_uppercase())
}

fn attributes(element: &Element) -> syn::Result<Vec<&KeyedAttribute>> {
    let mut all = Vec::new();
    for attribute in element.attributes() {
        match attribute {
            NodeAttribute::Attribute(keyed) => all.push(keyed),
            NodeAttribute::Block(block) => return Err(Error::new(block.span(), "an attribute needs a name")),
        }
    }
    Ok(all)
}

fn of_block(block: &NodeBlock) -> syn::Result<TokenStream> {
    let NodeBlock::ValidBlock(block) = block else {
        return Err(Error::new(block.span(), "this block is no Rust"));
    };
    Ok(if let [Stmt::Expr(value, None)] = block.stmts.as_slice() {
        quote! { #value }
    } else {
        quote! { #block }
    })
}
