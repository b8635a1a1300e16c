using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Http.Clients;

/// <summary>Reads a complete answer; where Refit asks, a failure can only leave as an exception.</summary>
internal static class WireAnswer
{
    public static T Read<T>(HttpContent content, JsonTypeInfo<T> type)
        where T : notnull => Value(WireJson.Read(AnswerContent.Get(content), CharsetOf(content), type));

    public static XElement ReadXml(HttpContent content) =>
        Value(WireXml.Read(AnswerContent.Get(content), CharsetOf(content)));

    private static T Value<T>(WireRead<T> reading)
        where T : notnull =>
        reading.Succeeded(out var value, out var failure) ? value : throw new AgencyFaultException(failure);

    private static string? CharsetOf(HttpContent content) => content.Headers.ContentType?.CharSet;
}
