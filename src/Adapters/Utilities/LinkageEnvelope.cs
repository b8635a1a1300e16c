using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Utilities;

/// <summary>The envelope of the linkage interfaces that speak JSON: <c>{code, msg, data}</c>, with code 0 for success.</summary>
internal static class LinkageEnvelope
{
    /// <summary>Looks into an answer.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="data">What it carries.</param>
    /// <param name="type">How that is written.</param>
    /// <param name="mayBeUnknown">Whether no data mean that the provider does not know what was asked about.</param>
    /// <param name="read">Makes facts of it.</param>
    public static Reading<TFacts> Open<TRow, TFacts>(
        string? code,
        JsonElement data,
        JsonTypeInfo<TRow> type,
        bool mayBeUnknown,
        Func<TRow, Reading<TFacts>> read
    )
        where TRow : notnull =>
        code switch
        {
            null => WireFailure.Field("code"),
            "401" => Failures.Secret("code-401"),
            "403" => WireFailure.Credentials(code),
            not "0" => WireFailure.Envelope(code),
            _ when mayBeUnknown && data.ValueKind == JsonValueKind.Null => new Reading<TFacts>.Unknown(),
            _ when data.ValueKind != JsonValueKind.Object => WireFailure.Field("data"),
            _ => WireJson.Read(data, type).Succeeded(out var row, out var failure) ? read(row) : failure,
        };
}
