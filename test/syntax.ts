import ts from 'typescript';

const PROOF_TYPES = new Set(['Grant', 'GrantProof', 'Allowed', 'AllowedProof']);

/** The casts in this source that make something pass as a proof. */
export function castsToProofTypes(source: string): string[] {
  return find(source, (node) => (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) && namesProofType(node.type));
}

/** The places in this source that read the machine's clock. */
export function clockReadings(source: string): string[] {
  return find(source, (node) => isNewDateWithoutArguments(node) || isDateFunction(node));
}

/** The places in this source that read the environment, however they got hold of it. */
export function environmentReadings(source: string): string[] {
  return find(source, (node) => {
    if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && node.expression.getText() === 'process';
    if (ts.isImportDeclaration(node))
      return /^(node:)?process$/.test(moduleName(node)) && /\benv\b/.test(node.importClause?.getText() ?? '');
    return ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === 'env' && initializerOf(node) === 'process';
  });
}

const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** The environment variables that this source of a configuration names, in its order: properties, and texts that look like one. */
export function variablesNamed(source: string): string[] {
  const names = nodesOf(source, isNamed).map((node) => (ts.isStringLiteral(node) ? node.text : node.getText()));
  return [...new Set(names)].filter((name) => VARIABLE.test(name) && name.length > 2);
}

/** The name of a class's property, of an object's taken apart, of one accessed on `env`; or a text. */
function isNamed(node: ts.Node): boolean {
  if (ts.isStringLiteral(node)) return !ts.isImportDeclaration(node.parent);
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node && parent.expression.getText() === 'process.env';
  if (ts.isPropertyDeclaration(parent)) return parent.name === node;
  return ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node;
}

function find(source: string, matches: (node: ts.Node) => boolean): string[] {
  return nodesOf(source, matches).map((node) => node.getText());
}

function nodesOf(source: string, matches: (node: ts.Node) => boolean): ts.Node[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function namesProofType(type: ts.Node): boolean {
  if (ts.isIdentifier(type) && PROOF_TYPES.has(type.text)) return true;
  return ts.forEachChild(type, (child) => namesProofType(child) || undefined) ?? false;
}

function isNewDateWithoutArguments(node: ts.Node): boolean {
  return ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
}

function isDateFunction(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^Date(\.now)?$/.test(node.expression.getText());
}

function moduleName(node: ts.ImportDeclaration): string {
  return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
}

function initializerOf(element: ts.BindingElement): string | undefined {
  const declaration = element.parent.parent;
  return ts.isVariableDeclaration(declaration) ? declaration.initializer?.getText() : undefined;
}
