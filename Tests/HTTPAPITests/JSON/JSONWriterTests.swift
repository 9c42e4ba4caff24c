import Domain
import HTTPAPI
import Testing

@Suite struct JSONWriterTests {
    @Test func writesEveryKindOfValue() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("text", "a\"\\\n\u{1}é")
            writer.field("least", Int64.min)
            writer.field("half", 0.5)
            writer.field("none", String?.none)
            writer.fieldIfPresent("absent", String?.none)
            writer.field("list", [true, false])
            writer.field("time", Timestamp(microseconds: 1_500))
            writer.field("id", TicketID(high: 0, low: 1))
            writer.name("nested")
            writer.array { writer in
                writer.object { _ in }
                writer.null()
                writer.number(.infinity)
            }
        }
        let expected =
            #"{"text":"a\"\\\n\u0001é","least":-9223372036854775808,"half":0.5,"none":null,"list":[true,false],"#
            + #""time":"1970-01-01T00:00:00.001Z","id":"00000000-0000-0000-0000-000000000001","nested":[{},null,null]}"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }
}
