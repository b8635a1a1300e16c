using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Fuzzing.Targets;

/// <summary>A body that is forwarded to an agency. The one value that is judged is the one that the agency's reader will find.</summary>
internal static class ForwardedRequestTarget
{
    private static readonly FieldTree s_json = FieldTree.Parse(["code", "query/name", "query/rows"], ignoreCase: false);
    private static readonly FieldTree s_xml = FieldTree.Parse(
        ["PACKAGE/DATA/NAME", "PACKAGE/DATA/@id"],
        ignoreCase: false
    );

    public static void ReadJson(byte[] input)
    {
        if (
            !RequestFields.Read(input, WireFormat.Json, s_json).Succeeded(out var fields, out _)
            || fields.ValueAt("query/name") is not { } judged
        )
        {
            return;
        }

        using var agency = JsonDocument.Parse(input);
        var found = agency.RootElement.GetProperty("query").GetProperty("name");
        var value = found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText();
        if (value != judged && found.ValueKind != JsonValueKind.Array)
        {
            throw new FuzzFinding("the agency reads another value than the one that was judged");
        }
    }

    public static void ReadXml(byte[] input)
    {
        if (
            !RequestFields.Read(input, WireFormat.Xml, s_xml).Succeeded(out var fields, out _)
            || fields.ValueAt("PACKAGE/DATA/NAME") is not { } judged
        )
        {
            return;
        }

        var names = PlainXml.Read(input)?.Descendants("NAME").ToList();
        if (names is not null && (names is not [var only] || only.Value != judged))
        {
            throw new FuzzFinding("the agency reads another value than the one that was judged");
        }
    }
}
