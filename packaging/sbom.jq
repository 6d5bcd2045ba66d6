# An SPDX 2.3 document of a package, from the components.json of its build:
#     jq -f sbom.jq --arg name dialogc-0.1.0-linux-x64 --arg version 0.1.0 --arg created 2026-01-15T09:00:00Z
def id: "SPDXRef-" + gsub("[^A-Za-z0-9.-]+"; "-");
def purl: if .debian then
    [{referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: "pkg:deb/debian/\(.debian)"}]
    else [] end;
def package: {
    SPDXID: (.name | id),
    name,
    versionInfo: .version,
    downloadLocation: .source,
    filesAnalyzed: false,
    licenseConcluded: .license,
    licenseDeclared: .license,
    copyrightText: (if .copyright then (.copyright | map("Copyright (c) " + .) | join("\n")) else "NOASSERTION" end),
    externalRefs: purl,
};
def relation: {archive: "STATIC_LINK", header: "CONTAINS", script: "CONTAINS", shared: "DYNAMIC_LINK"};
. as $components
| ["dialogc", "dialogc-full", "dialogc-online"] as $programs
| ($programs | map({
        SPDXID: ("program-" + . | id),
        name: .,
        versionInfo: $version,
        downloadLocation: "NOASSERTION",
        filesAnalyzed: false,
        primaryPackagePurpose: "APPLICATION",
        licenseConcluded: "MIT",
        licenseDeclared: "MIT",
        copyrightText: "Copyright (c) 2026 the dialogc authors",
    })) as $own
| {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: $name,
    documentNamespace: "https://dialogc.dev/spdx/\($name)-\($created | gsub("[^0-9]"; ""))",
    creationInfo: {created: $created, creators: ["Organization: the dialogc authors", "Tool: dialogc-\($version)"]},
    packages: ($own + ($components | map(package))),
    relationships: (
        ($own | map({spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: .SPDXID}))
        + [$components[] | . as $component | .programs[] | {
            spdxElementId: ("program-" + . | id),
            relationshipType: relation[$component.link],
            relatedSpdxElement: ($component.name | id),
        }]
    ),
}
