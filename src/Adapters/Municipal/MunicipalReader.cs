using System.Text.Json;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Municipal;

/// <summary>Makes messages of the system's answer. What they say is not looked into: the intake verifies them like any other.</summary>
internal static class MunicipalReader
{
    private const int MostMessages = 1000;
    private const int LongestCursor = 128;

    public static Reading<MissedEvents> Read(CatchUpAnswer answer) =>
        answer switch
        {
            { Code: null } => WireFailure.Structure("code"),
            { Code: "401" } => CallFailure.Secret("code-401"),
            { Code: "403" } => WireFailure.Credentials(answer.Code),
            { Code: not "0" } => WireFailure.Envelope(answer.Code),
            { Messages.ValueKind: not JsonValueKind.Array } => WireFailure.Structure("messages"),
            { Next.Length: > LongestCursor } => WireFailure.Structure("next"),
            _ => ReadMessages(answer),
        };

    private static Reading<MissedEvents> ReadMessages(CatchUpAnswer answer)
    {
        if (answer.Messages.GetArrayLength() > MostMessages)
        {
            return WireFailure.TooLarge;
        }

        var messages = new List<byte[]>();
        foreach (var element in answer.Messages.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String || !element.TryGetBytesFromBase64(out var message))
            {
                return WireFailure.Field("messages");
            }

            messages.Add(message);
        }

        return new MissedEvents(messages, string.IsNullOrEmpty(answer.Next) ? null : answer.Next);
    }
}
