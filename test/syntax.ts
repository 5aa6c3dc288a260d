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

function find(source: string, matches: (node: ts.Node) => boolean): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) found.push(node.getText());
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
