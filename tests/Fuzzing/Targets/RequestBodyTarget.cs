using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Platform.Json;

namespace Integration.Fuzzing.Targets;

/// <summary>A caller's JSON. What is accepted is what a lenient reader reads too, so nothing in it was skipped or chosen.</summary>
internal static class RequestBodyTarget
{
    public static void Read(byte[] input)
    {
        var type = ApiJson.For<ApplicationRequest>();
        var (request, faults) = StrictDocument.Read(input, type, (value, _) => value);
        if ((request is null) == (faults.Count == 0))
        {
            throw new FuzzFinding("neither a value nor a fault, or both");
        }

        if (
            faults.Count > FaultList.Longest
            || faults.Any(fault => fault.Code.Length == 0 || fault.Message.Length == 0)
        )
        {
            throw new FuzzFinding("faults without end or without words");
        }

        if (request is null)
        {
            return;
        }

        var again = JsonSerializer.SerializeToUtf8Bytes(request, type);
        using var sent = JsonDocument.Parse(input);
        using var understood = JsonDocument.Parse(again);
        if (Members(sent.RootElement) != Members(understood.RootElement))
        {
            throw new FuzzFinding("members were sent that were not understood");
        }
    }

    /// <summary>Members with a value, at any depth; a lenient reader counts a repeated one twice.</summary>
    private static int Members(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .Where(member => member.Value.ValueKind != JsonValueKind.Null)
                .Sum(member => 1 + Members(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().Sum(Members),
            _ => 0,
        };
}
