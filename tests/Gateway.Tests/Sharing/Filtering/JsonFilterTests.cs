using System.IO.Pipelines;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;
using Integration.Testing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

public class JsonFilterTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", "a", """{"a":1}""")]
    [InlineData("""{"b":2}""", "a", "{}")]
    [InlineData(""" { "b" : [ {"x":1} ] , "a" : "s" } """, "a", """{"a":"s"}""")]
    [InlineData("""{"data":{"name":"张三","idNo":"4210"},"code":"0"}""", "data/name", """{"data":{"name":"张三"}}""")]
    [InlineData(
        """{"data":[{"name":1,"x":2},{"x":3},{"name":4}]}""",
        "data/name",
        """{"data":[{"name":1},{},{"name":4}]}"""
    )]
    [InlineData("""[{"name":1,"x":2}]""", "name", """[{"name":1}]""")]
    [InlineData("""{"data":[[{"name":1}],[]]}""", "data/name", """{"data":[[{"name":1}],[]]}""")]
    public void Only_granted_fields_leave(string answer, string granted, string expected) =>
        Assert.Equal(expected, Filtered.Json(answer, granted).Body());

    [Theory]
    [InlineData("""{"a":"text"}""", """{"a":"text"}""")]
    [InlineData("""{"a":[1,"2",null,true]}""", """{"a":[1,"2",null,true]}""")]
    [InlineData("""{"a":[[1],[]]}""", """{"a":[[1],[]]}""")]
    [InlineData("""{"a":{"b":1}}""", "{}")]
    [InlineData("""{"a":[1,{"b":2},3]}""", """{"a":[1,3]}""")]
    [InlineData("""{"a":[[{"b":2}]]}""", """{"a":[[]]}""")]
    public void At_a_granted_path_single_values_pass_and_objects_do_not(string answer, string expected) =>
        Assert.Equal(expected, Filtered.Json(answer, "a").Body());

    [Theory]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":"text"}""", "{}")]
    [InlineData("""{"a":["text",{"b":1}]}""", """{"a":[{"b":1}]}""")]
    public void Above_a_granted_path_containers_pass_and_single_values_do_not(string answer, string expected) =>
        Assert.Equal(expected, Filtered.Json(answer, "a/b").Body());

    [Theory]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":"text"}""", """{"a":"text"}""")]
    public void A_path_may_be_granted_and_go_on(string answer, string expected) =>
        Assert.Equal(expected, Filtered.Json(answer, "a", "a/b").Body());

    [Theory]
    [InlineData("1.50")]
    [InlineData("-0")]
    [InlineData("1E+400")]
    [InlineData("123456789012345678901234567890.10")]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("\"\\u5f20\\/\\n <>&'\\ud83d\\ude00 😀\"")]
    public void Values_leave_as_they_were_sent(string value) =>
        Assert.Equal($$"""{"a":{{value}}}""", Filtered.Json($$"""{"a": {{value}} }""", "a").Body());

    [Fact]
    public void An_escaped_name_is_the_name_it_spells() =>
        Assert.Equal("""{"\u0061":1}""", Filtered.Json("""{"\u0061":1,"\u0062":2}""", "a").Body());

    [Theory]
    [InlineData(true, """{"Data":{"NAME":1}}""")]
    [InlineData(false, "{}")]
    public void Case_counts_unless_the_tree_says_otherwise(bool ignoreCase, string expected)
    {
        var answer = Encoding.UTF8.GetBytes("""{"Data":{"NAME":1,"x":2}}""");
        Assert.Equal(expected, Filtered.Of(WireFormat.Json, answer, FieldTree.Parse(["data/name"], ignoreCase)).Body());
    }

    [Fact]
    public void Names_of_other_scripts_are_compared_without_case_too()
    {
        var answer = Encoding.UTF8.GetBytes("""{"ÄÖ":1,"姓名":2,"ж":3}""");
        Assert.Equal(
            """{"ÄÖ":1,"姓名":2}""",
            Filtered.Of(WireFormat.Json, answer, FieldTree.Parse(["äö", "姓名"], ignoreCase: true)).Body()
        );
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", false)]
    [InlineData("""{"a":1,"\u0061":2}""", false)]
    [InlineData("""{"a":{"b":1},"a":{"b":2}}""", false)]
    [InlineData("""{"a":[{"b":1,"b":1}]}""", false)]
    [InlineData("""{"a":1,"x":{"a":1,"a":2}}""", true)]
    [InlineData("""{"x":1,"x":2,"a":[{"b":1},{"b":2}]}""", true)]
    public void A_granted_name_twice_in_one_object_is_a_fault(string answer, bool accepted) =>
        Assert.Equal(accepted ? null : FilterFault.Duplicate, Filtered.Json(answer, "a", "a/b").Fault);

    [Fact]
    public void Names_that_differ_in_case_only_are_one_name_where_case_does_not_count() =>
        Assert.Equal(
            FilterFault.Duplicate,
            Filtered
                .Of(WireFormat.Json, """{"a":1,"A":2}"""u8.ToArray(), FieldTree.Parse(["a"], ignoreCase: true))
                .Fault
        );

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n\t", "empty")]
    [InlineData("null", "json")]
    [InlineData("\"a\"", "json")]
    [InlineData("12", "json")]
    [InlineData("<html/>", "json")]
    [InlineData("""{"a":1,}""", "json")]
    [InlineData("""{"a":1/*c*/}""", "json")]
    [InlineData("""{"a":1 "b":2}""", "json")]
    [InlineData("""{"a":01}""", "json")]
    [InlineData("""{"a":NaN}""", "json")]
    [InlineData("""{'a':1}""", "json")]
    [InlineData("""{"x":{"y":tru}}""", "json")]
    [InlineData("""{"x":"\q"}""", "json")]
    [InlineData("{\"x\":\"\n\"}", "json")]
    [InlineData("""{"a":"\ud83d"}""", "json")]
    [InlineData("""{"a":"\ude00\ud83d"}""", "json")]
    [InlineData("""{"\ud83d":1}""", "json")]
    [InlineData("""{"a":1}}""", "trailing")]
    [InlineData("""{"a":1}{"a":1}""", "trailing")]
    [InlineData("""{"a":1} x""", "trailing")]
    public void Anything_else_is_refused(string answer, string code) =>
        Assert.Equal(code, Filtered.Json(answer, "a").Fault?.Code);

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "depth")]
    public void Nesting_is_bounded_in_what_is_kept_and_in_what_is_dropped(int depth, string? code)
    {
        var arrays = new string('[', depth - 1) + new string(']', depth - 1);
        Assert.Equal(code, Filtered.Json($$"""{"a":{{arrays}}}""", "a").Fault?.Code);
        Assert.Equal(code, Filtered.Json($$"""{"x":{{arrays}}}""", "a").Fault?.Code);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "token")]
    public void Tokens_are_bounded_in_what_is_kept_and_in_what_is_dropped(int length, string? code)
    {
        var limits = new FilterLimits { MaxTokenBytes = 64 };
        var text = new string('7', length);
        foreach (
            var answer in (string[])
                [
                    $$"""{"a":"{{text}}"}""",
                    $$"""{"x":{"y":"{{text}}"} }""",
                    $$"""{"a":{{text}}}""",
                    $$"""{"{{text}}":1}""",
                ]
        )
        {
            var filtered = Filtered.Of(
                WireFormat.Json,
                Encoding.UTF8.GetBytes(answer),
                FieldTree.Parse(["a"], false),
                limits
            );
            Assert.Equal(code, filtered.Fault?.Code);
        }
    }

    [Theory]
    [InlineData(200_000, null)]
    [InlineData(2_000_000, "token")]
    public void A_token_larger_than_the_buffer_is_read_up_to_the_limit(int length, string? code)
    {
        var answer = Encoding.UTF8.GetBytes($$"""{"a":"{{new string('7', length)}}"}""");
        var filtered = Filtered.Of(WireFormat.Json, answer, FieldTree.Parse(["a"], false), null, 1000);
        Assert.Equal(code, filtered.Fault?.Code);
        Assert.Equal(code is null ? answer.Length : 0, filtered.Text.Length);
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xD5, 0xC5, 0xC8, 0xFD })]
    public void What_is_not_UTF8_is_refused_also_where_it_is_dropped(byte[] bytes)
    {
        foreach (var name in (string[])["a", "x"])
        {
            byte[] answer = [.. Encoding.UTF8.GetBytes($$"""{"{{name}}":" """), .. bytes, .. "\"}"u8];
            foreach (var piece in (int[])[1, 2, 3, 1000])
            {
                Assert.Equal(
                    FilterFault.Charset,
                    Filtered.Of(WireFormat.Json, answer, FieldTree.Parse(["a"], false), null, piece).Fault
                );
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void One_byte_order_mark_is_skipped_as_the_adapters_do(int piece)
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];
        byte[] once = [.. mark, .. "{\"a\":1}"u8];
        var tree = FieldTree.Parse(["a"], ignoreCase: false);

        Assert.Equal("{\"a\":1}", Filtered.Of(WireFormat.Json, once, tree, null, piece).Body());
        Assert.Equal(FilterFault.Json, Filtered.Of(WireFormat.Json, [.. mark, .. once], tree, null, piece).Fault);
    }

    [Fact]
    public async Task A_reader_that_wants_no_more_ends_the_reading()
    {
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();
        var answer = new PiecemealStream(
            Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("{\"a\":1}", 10_000))}]")
        );
        Assert.Null(
            await AnswerFilter
                .For(WireFormat.Json)
                .RunAsync(answer, pipe.Writer, FieldTree.Parse(["a"], false), Filtered.Limits, CancellationToken.None)
        );
        Assert.InRange(answer.Position, 1, 40_000);
    }

    [Fact]
    public async Task A_cancelled_reading_is_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await AnswerFilter
                .For(WireFormat.Json)
                .RunAsync(
                    new PiecemealStream("{}"u8.ToArray()),
                    PipeWriter.Create(Stream.Null),
                    FieldTree.Parse(["a"], false),
                    Filtered.Limits,
                    new CancellationToken(canceled: true)
                )
        );
}
