import Domain
import HTTPAPI
import Testing

@Suite struct SchemaAgreementTests {
    @Test func requestSchemasAgreeWithTheirReaders() throws {
        #expect(try RequestSchemaChecker.disagreements(of: CreateWidget.self) == [])
        #expect(try RequestSchemaChecker.disagreements(of: PatchWidget.self) == [])
        #expect(try RequestSchemaChecker.disagreements(of: WidgetMaker.self) == [])
    }

    /// The checker itself: a schema that lies about its reader is found out.
    @Test func theCheckerFindsLies() throws {
        #expect(try RequestSchemaChecker.disagreements(of: LyingWidget.self) == ["name: required", "size: null", "size: accepts 6"])
    }

    @Test func replySchemasAgreeWithTheirWriters() throws {
        for widget in [Widget(name: "a"), Widget(name: "b", size: 1, colour: .red, tags: ["x"], dueAt: Timestamp(microseconds: 0))] {
            var writer = JSONWriter()
            widget.write(to: &writer)
            #expect(SchemaChecker.violations(of: try JSONDocument(writer.bytes).root, against: Widget.schema) == [])
        }
    }
}

private struct LyingWidget: RequestObject {
    static let schema = JSONSchema.object(
        nil,
        [WidgetFields.name.optional, JSONProperty("size", JSONSchema.integer(in: 0...5).nullable, isRequired: false, "")],
        isClosed: true
    )

    init?(from reader: inout ObjectReader) {
        _ = reader.optional(WidgetFields.size)
        guard reader.required(WidgetFields.name) != nil else { return nil }
    }
}
