using System.Text.Json.Nodes;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Tests.Sharing.Catalogue;

/// <summary>Each row changes one thing of a catalogue that is right, and names the one fault that comes of it.</summary>
public sealed class CatalogueFaultTests
{
    private const string First = "#/resources[0]";
    private const string Query = $"{First}.operations[0]";
    private const string Long = "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"";

    /// <summary>Place, what is put there (null: taken away), the fault.</summary>
    public static TheoryData<string, string?, string> OfTheSchema { get; } =
        new()
        {
            { "colour", "1", $"{First}.colour: NoAdditionalPropertiesAllowed" },
            { "operations/0/colour", "1", $"{Query}.colour: NoAdditionalPropertiesAllowed" },
            { "operations/0/request/colour", "1", $"{Query}.request.colour: NoAdditionalPropertiesAllowed" },
            { "operations/0/answer/colour", "1", $"{Query}.answer.colour: NoAdditionalPropertiesAllowed" },
            { "operations/0/limits/colour", "1", $"{Query}.limits.colour: NoAdditionalPropertiesAllowed" },
            { "resource", null, $"{First}.resource: PropertyRequired" },
            { "title", null, $"{First}.title: PropertyRequired" },
            { "agency", null, $"{First}.agency: PropertyRequired" },
            { "dialect", null, $"{First}.dialect: PropertyRequired" },
            { "catalogueId", null, $"{First}.catalogueId: PropertyRequired" },
            { "approvalNumber", null, $"{First}.approvalNumber: PropertyRequired" },
            { "validFrom", null, $"{First}.validFrom: PropertyRequired" },
            { "validUntil", null, $"{First}.validUntil: PropertyRequired" },
            { "purposes", null, $"{First}.purposes: PropertyRequired" },
            { "operations", null, $"{First}.operations: PropertyRequired" },
            { "operations/0/operation", null, $"{Query}.operation: PropertyRequired" },
            { "operations/0/methods", null, $"{Query}.methods: PropertyRequired" },
            { "operations/0/path", null, $"{Query}.path: PropertyRequired" },
            { "operations/0/repeatable", null, $"{Query}.repeatable: PropertyRequired" },
            { "operations/0/request", null, $"{Query}.request: PropertyRequired" },
            { "operations/0/answer", null, $"{Query}.answer: PropertyRequired" },
            { "operations/0/answer/fields", null, $"{Query}.answer.fields: PropertyRequired" },
            { "operations/0/test", "{}", $"{Query}.test.path: PropertyRequired" },
            { "operations/0/answer/codes", "{\"success\":[\"0\"]}", $"{Query}.answer.codes.field: PropertyRequired" },
            {
                "operations/0/answer/codes",
                "{\"field\":\"code\",\"success\":[]}",
                $"{Query}.answer.codes.success: TooFewItems"
            },
            {
                "operations/0/answer/codes",
                "{\"field\":\"code\",\"success\":[\"a b\"]}",
                $"{Query}.answer.codes.success[0]: PatternMismatch"
            },
            {
                "operations/0/answer/bind",
                "[{\"parameter\":\"unit\"}]",
                $"{Query}.answer.bind[0].field: PropertyRequired"
            },
            {
                "operations/0/answer/bind",
                "[{\"field\":\"data/unit\",\"parameter\":\"unit\",\"kind\":\"shoe\"}]",
                $"{Query}.answer.bind[0].kind: NotInEnumeration"
            },
            { "resource", "\"Grid\"", $"{First}.resource: PatternMismatch" },
            { "resource", "\"grid\\n\"", $"{First}.resource: PatternMismatch" },
            { "resource", "\"a/b\"", $"{First}.resource: PatternMismatch" },
            { "resource", Long, $"{First}.resource: PatternMismatch" },
            { "operations/0/operation", "\"1st\"", $"{Query}.operation: PatternMismatch" },
            { "operations/0/request/query", "[\"a b\"]", $"{Query}.request.query[0]: PatternMismatch" },
            { "operations/0/request/query", "[\"a\\n\"]", $"{Query}.request.query[0]: PatternMismatch" },
            { "approvalNumber", "\"\"", $"{First}.approvalNumber: StringTooShort" },
            { "validFrom", "\"2026-02-30\"", $"{First}.validFrom: DateExpected" },
            { "validUntil", "7", $"{First}.validUntil: StringExpected" },
            { "purposes", "[]", $"{First}.purposes: TooFewItems" },
            { "purposes", "[null]", $"{First}.purposes[0]: StringExpected" },
            { "operations", "[]", $"{First}.operations: TooFewItems" },
            { "operations/0/methods", "[]", $"{Query}.methods: TooFewItems" },
            { "operations/0/methods", "[\"POST\",\"POST\"]", $"{Query}.methods: ItemsNotUnique" },
            { "operations/0/methods", "[\"PUT\"]", $"{Query}.methods[0]: NotInEnumeration" },
            { "operations/0/methods", "[\"post\"]", $"{Query}.methods[0]: NotInEnumeration" },
            { "operations/0/agencyMethod", "\"DELETE\"", $"{Query}.agencyMethod: NotInEnumeration" },
            { "operations/0/repeatable", "\"yes\"", $"{Query}.repeatable: BooleanExpected" },
            { "operations/0/limits/seconds", "0", $"{Query}.limits.seconds: NumberTooSmall" },
            { "operations/0/limits/seconds", "61", $"{Query}.limits.seconds: NumberTooBig" },
            { "operations/0/limits/requestBytes", "0", $"{Query}.limits.requestBytes: NumberTooSmall" },
            { "operations/0/limits/requestBytes", "1048577", $"{Query}.limits.requestBytes: NumberTooBig" },
            { "operations/0/limits/requestBytes", "99999999999", $"{Query}.limits.requestBytes: NumberTooBig" },
            { "operations/0/limits/requestBytes", "1.5", $"{Query}.limits.requestBytes: IntegerExpected" },
            { "operations/0/limits/answerBytes", "1023", $"{Query}.limits.answerBytes: NumberTooSmall" },
            { "operations/0/limits/answerBytes", "1073741825", $"{Query}.limits.answerBytes: NumberTooBig" },
            { "operations/0/limits/perSecond", "0", $"{Query}.limits.perSecond: NumberTooSmall" },
            { "operations/0/limits/atOnce", "10001", $"{Query}.limits.atOnce: NumberTooBig" },
            { "operations/0/limits/perDay", "0", $"{Query}.limits.perDay: NumberTooSmall" },
            { "operations/0/limits/perDay", "1000000001", $"{Query}.limits.perDay: NumberTooBig" },
        };

    public static TheoryData<string, string?, string> OfItsRelations { get; } =
        new()
        {
            { "agency", "\"tax\"", "grid-capacity: no agency tax is configured." },
            { "dialect", "\"soap\"", "grid-capacity: grid has no dialect soap; it has tif." },
            { "service", "\"s1\"", "grid-capacity: the dialect tif has no service code." },
            { "validUntil", "\"2025-12-31\"", "grid-capacity: validUntil lies before validFrom." },
            { "purposes", "[\"gossip\"]", "grid-capacity: purpose gossip is not one that a grant can name." },
            { "operations/1/operation", "\"query\"", "grid-capacity: two operations have the name query." },
            { "operations/0/path", "\"a/../b\"", "grid-capacity/query: path: the segment .. is not allowed." },
            { "operations/0/path", "\"a/.\"", "grid-capacity/query: path: the segment . is not allowed." },
            { "operations/0/path", "\"a%2Fb\"", "grid-capacity/query: path: the segment a%2Fb is not allowed." },
            { "operations/0/path", "\"a//b\"", "grid-capacity/query: path: it has an empty segment." },
            { "operations/0/path", "\"/a\"", "grid-capacity/query: path: it has an empty segment." },
            { "operations/0/path", "\"a/\"", "grid-capacity/query: path: it has an empty segment." },
            {
                "operations/0/path",
                "\"{bad-name}\"",
                "grid-capacity/query: path: the segment {bad-name} is not allowed."
            },
            { "operations/0/path", "\"{**rest}\"", "grid-capacity/query: path: the segment {**rest} is not allowed." },
            { "operations/0/path", "\"a{b}\"", "grid-capacity/query: path: the segment a{b} is not allowed." },
            { "operations/0/path", "\"a\\n\"", "grid-capacity/query: path: the segment a\n is not allowed." },
            { "operations/0/path", "\"{a}/{a}/x\"", "grid-capacity/query: path: it names a parameter twice." },
            { "operations/0/path", "\"{a}/{A}/x\"", "grid-capacity/query: path: it names a parameter twice." },
            { "operations/0/target", "\"api/{unit}\"", "grid-capacity/query: target: the path has no {unit}." },
            { "operations/0/target", "\"api/..\"", "grid-capacity/query: target: the segment .. is not allowed." },
            {
                "operations/0/target",
                null,
                "grid-capacity/query: target: the dialect tif needs the path at the agency."
            },
            {
                "operations/0/request/fields",
                "[\"a/@b/c\"]",
                "grid-capacity/query: request: a field path has @ at the start of its last name only."
            },
            {
                "operations/0/answer/fields",
                "[\"a b\"]",
                "grid-capacity/query: answer: a field path holds letters, digits and _ - . $ : only."
            },
            {
                "operations/0/answer/envelope",
                "[\"a//b\"]",
                "grid-capacity/query: envelope: a field path has names of 1 to 128 characters between its slashes."
            },
            {
                "operations/0/answer/fields",
                "[]",
                "grid-capacity/query: answer: without fields no grant can allow anything."
            },
            {
                "operations/0/answer/envelope",
                "[\"data/unit\"]",
                "grid-capacity/query: envelope: data/unit cannot be both granted and part of every grant."
            },
            {
                "operations/0/answer/codes",
                "{\"field\":\"data/code\",\"success\":[\"0\"]}",
                "grid-capacity/query: codes: their field has to be one of the envelope, so that it is in every answer."
            },
            {
                "operations/0/answer/codes",
                "{\"field\":\"code\",\"success\":[\"0\"],\"refused\":[\"0\"]}",
                "grid-capacity/query: codes: 0 cannot mean two things."
            },
            {
                "operations/0/answer/bind",
                "[{\"field\":\"data//unit\",\"parameter\":\"unit\"}]",
                "grid-capacity/query: bind: a field path has names of 1 to 128 characters between its slashes."
            },
            {
                "operations/0/answer/bind",
                "[{\"field\":\"data/unit\",\"parameter\":\"other\"}]",
                "grid-capacity/query: bind: the question has no other."
            },
            {
                "operations/0/answer/bind",
                "[{\"field\":\"data/head/unit\",\"parameter\":\"unit\"}]",
                "grid-capacity/query: bind: data/unit does not stand in the record that data/head/unit binds, so nothing would bind it."
            },
            {
                "operations/1/request/fields",
                "[\"unit\"]",
                "grid-capacity/unit: request: GET has no body, so it has no fields."
            },
            {
                "operations/0/agencyMethod",
                "\"GET\"",
                "grid-capacity/query: agencyMethod: GET has no body, and the request has fields."
            },
            {
                "operations/0/repeatable",
                "false",
                "grid-capacity/query: limits: an operation with an effect has answers of 65536 bytes at most."
            },
            {
                "operations/0/test",
                "{\"path\":\"other\",\"body\":\"{}\"}",
                "grid-capacity/query: test: its path does not fit the path of the operation."
            },
            { "operations/0/test", "{\"path\":\"query\"}", "grid-capacity/query: test: it needs a body." },
            {
                "operations/0/test",
                "{\"path\":\"query\",\"body\":\"{\\\"name\\\":1}\"}",
                "grid-capacity/query: test: its body is not one that a caller may send."
            },
            {
                "operations/1/test",
                "{\"path\":\"units/1\",\"body\":\"{}\"}",
                "grid-capacity/unit: test: the operation takes no body."
            },
            {
                "operations/1/test",
                "{\"path\":\"units/{unit}\"}",
                "grid-capacity/unit: test: its path does not fit the path of the operation."
            },
        };

    [Fact]
    public void The_catalogue_that_the_rows_change_is_right() => Right(CatalogueDraft.New());

    [Theory]
    [MemberData(nameof(OfTheSchema))]
    [MemberData(nameof(OfItsRelations))]
    public void One_wrong_thing_is_one_fault_with_its_place(string place, string? json, string fault)
    {
        var (catalogue, faults) = CatalogueDraft.New().With(place, json).Read();

        Assert.Null(catalogue);
        Assert.Equal([fault], faults);
    }

    /// <summary>What stands beside a fault and is none.</summary>
    [Theory]
    [InlineData("operations/0/limits/seconds", "60")]
    [InlineData("operations/0/limits/requestBytes", "1048576")]
    [InlineData("operations/0/limits/answerBytes", "1073741824")]
    [InlineData("operations/0/limits", """{"perSecond":1,"atOnce":1,"perDay":1}""")]
    [InlineData("operations/0/path", "\"~a.b-c_1\"")]
    [InlineData("operations/0/path", "\"{unit}/{other}/x\"")]
    [InlineData("operations/1/target", "\"api/all\"")]
    [InlineData("operations/1/request/query", "[\"page\"]")]
    [InlineData("operations/1/methods", "[\"GET\",\"POST\"]")]
    [InlineData("operations/1/agencyMethod", "\"POST\"")]
    [InlineData("operations/0/test", """{"path":"query","body":"{\"unit\":\"0\"}"}""")]
    [InlineData("operations/1/test", """{"path":"units/0"}""")]
    [InlineData("validUntil", "\"2026-01-01\"")]
    [InlineData("validUntil", "\"9999-12-31\"")]
    [InlineData("validFrom", "\"0001-01-01\"")]
    public void Its_neighbour_is_accepted(string place, string json) => Right(CatalogueDraft.New().With(place, json));

    [Theory]
    [InlineData("POST", "query", false)]
    [InlineData("POST", "QUERY", false)]
    [InlineData("POST", "{any}", false)]
    [InlineData("GET", "query", true)]
    [InlineData("POST", "query/more", true)]
    [InlineData("POST", "other", true)]
    public void Two_operations_share_no_path_in_one_method(string method, string path, bool right)
    {
        var third = CatalogueDraft.Operation("third", method, path, "api/third");
        var draft = CatalogueDraft.New().With("operations/2", third.ToJsonString());

        if (right)
        {
            Right(draft);
        }
        else
        {
            Assert.Equal(["grid-capacity: the paths of query and third overlap."], draft.Read().Faults);
        }
    }

    [Fact]
    public void Two_resources_share_no_name_but_may_share_paths()
    {
        var catalogue = CatalogueDraft.New();
        catalogue["resources"]!.AsArray().Add(CatalogueDraft.Resource("grid-capacity"));
        Assert.Equal(["grid-capacity: two resources have this name."], catalogue.Read().Faults);

        catalogue["resources"]![1]!["resource"] = "grid-capacity-2";
        Right(catalogue);
    }

    [Theory]
    [InlineData("service", null, "r: the dialect rest needs the agency's service code.")]
    [InlineData("service", "\"unknown\"", "r: the service unknown is not one that exchange can be asked for.")]
    [InlineData("operations/0/target", "\"a\"", "r/query: target: in the dialect rest all requests go to one path.")]
    [InlineData(
        "operations/0/request/fields",
        "[]",
        "r/query: request: the dialect rest needs a body, so the request needs fields."
    )]
    [InlineData(
        "operations/0/agencyMethod",
        "\"GET\"",
        "r/query: agencyMethod: GET has no body, and the request has fields.|r/query: agencyMethod: the dialect rest takes POST only."
    )]
    [InlineData(
        "operations/0/methods",
        "[\"GET\"]",
        "r/query: request: GET has no body, so it has no fields.|r/query: methods: the dialect rest takes POST only."
    )]
    [InlineData("operations/0/agencyMethod", "\"POST\"", "")]
    public void A_dialect_with_an_envelope_takes_bodies_by_POST(string place, string? json, string faults)
    {
        var (_, found) = new JsonObject { ["resources"] = new JsonArray(Exchange()) }
            .With(place, json)
            .Read();

        Assert.Equal(faults.Split('|', StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Fact]
    public void An_operation_with_an_effect_is_a_small_POST_that_is_not_tried()
    {
        var draft = CatalogueDraft
            .New()
            .With("operations/0/repeatable", "false")
            .With("operations/0/limits", """{"answerBytes":65536}""");
        Right(draft);

        draft.With("operations/0/test", """{"path":"query","body":"{}"}""");
        Assert.Equal(["grid-capacity/query: test: an operation with an effect is not tried."], draft.Read().Faults);

        var reading = CatalogueDraft
            .New()
            .With("operations/1/repeatable", "false")
            .With("operations/1/limits", """{"answerBytes":65536}""");
        Assert.Equal(["grid-capacity/unit: methods: GET has no effect."], reading.Read().Faults);
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_one_name_where_case_is_ignored()
    {
        var draft = CatalogueDraft.New().With("operations/0/answer/envelope", "[\"DATA/Unit\"]");
        Right(draft);

        draft.With("operations/0/answer/ignoreCase", "true");
        Assert.Single(
            draft.Read().Faults,
            fault => fault.StartsWith("grid-capacity/query: envelope:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_fault_is_listed_at_once()
    {
        var (catalogue, faults) = CatalogueDraft
            .New()
            .With("colour", "1")
            .With("agency", "\"tax\"")
            .With("purposes", "[\"gossip\"]")
            .With("operations/0/limits/requestBytes", "0")
            .With("operations/0/path", "\"a//b\"")
            .With("operations/1/answer/fields", "[]")
            .Read();

        Assert.Null(catalogue);
        Assert.Equal(
            [
                $"{First}.colour: NoAdditionalPropertiesAllowed",
                $"{Query}.limits.requestBytes: NumberTooSmall",
                "grid-capacity/query: path: it has an empty segment.",
                "grid-capacity/unit: answer: without fields no grant can allow anything.",
                "grid-capacity: no agency tax is configured.",
                "grid-capacity: purpose gossip is not one that a grant can name.",
            ],
            faults.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("{\n  \"resources\": [\n    ,\n  ]\n}", "line 3")]
    [InlineData("{\n  \"resources\": [],\n  \"resources\": []\n}", "resources")]
    [InlineData("{ \"resources\": [] } {}", "line 1")]
    [InlineData("{ \"resources\": [ // none\n ] }", "line 1")]
    [InlineData("", "line 1")]
    [InlineData("null", "#/: ObjectExpected")]
    [InlineData("{ \"resources\": null }", "#/resources: ArrayExpected")]
    [InlineData("{ \"resources\": [ null ] }", "#/resources[0]: ObjectExpected")]
    public void What_is_no_catalogue_at_all_is_refused_with_its_place(string text, string place)
    {
        var (catalogue, faults) = CatalogueFile.Read(text, CatalogueDraft.Agencies);

        Assert.Null(catalogue);
        Assert.Contains(faults, fault => fault.Contains(place, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e30")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("0.0000000000000000000000000000000000000000001")]
    [InlineData("\"\\ud800\"")]
    public void A_value_that_no_type_holds_is_a_fault_like_any_other(string value)
    {
        foreach (var limit in new[] { "seconds", "requestBytes", "answerBytes", "perDay" })
        {
            var text = CatalogueDraft.New().With($"operations/0/limits/{limit}", "77777").ToJsonString();
            var (catalogue, faults) = CatalogueFile.Read(
                text.Replace("77777", value, StringComparison.Ordinal),
                CatalogueDraft.Agencies
            );

            Assert.Null(catalogue);
            Assert.NotEmpty(faults);
        }
    }

    [Fact]
    public void Half_a_character_in_a_text_is_a_fault()
    {
        var text = CatalogueDraft.New().ToJsonString().Replace("A-1", "\\ud800", StringComparison.Ordinal);

        Assert.NotEmpty(CatalogueFile.Read(text, CatalogueDraft.Agencies).Faults);
    }

    private static JsonObject Exchange()
    {
        var resource = CatalogueDraft.Resource("r");
        (resource["agency"], resource["dialect"], resource["service"]) = ("exchange", "rest", "s1");
        var operation = CatalogueDraft.Operation("query", "POST", "query", null, "unit");
        operation.Remove("target");
        resource["operations"] = new JsonArray(operation);
        return resource;
    }

    private static void Right(JsonObject draft)
    {
        var (catalogue, faults) = draft.Read();
        Assert.Empty(faults);
        Assert.NotNull(catalogue);
        Assert.All(catalogue.Operations, operation => Assert.True(operation.From < operation.Until));
    }
}
