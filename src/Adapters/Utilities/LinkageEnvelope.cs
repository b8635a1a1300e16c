using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Utilities;

/// <summary>Opens the envelope of the transfer linkage: <c>{code, msg, data}</c>, with code 0 for success.</summary>
internal static class LinkageEnvelope
{
    /// <summary>Looks into an answer.</summary>
    /// <param name="answer">As received.</param>
    /// <param name="type">How its data are written.</param>
    /// <param name="mayBeUnknown">Whether no data mean that the provider does not know what was asked about.</param>
    /// <param name="read">Makes facts of it.</param>
    public static Reading<TFacts> Open<TRow, TFacts>(
        LinkageAnswer answer,
        JsonTypeInfo<TRow> type,
        bool mayBeUnknown,
        Func<TRow, Reading<TFacts>> read
    )
        where TRow : notnull =>
        answer.Code switch
        {
            null => WireFailure.Structure("code"),
            "401" => CallFailure.Secret("code-401"),
            "403" => WireFailure.Credentials(answer.Code),
            not "0" => WireFailure.Envelope(answer.Code),
            _ when mayBeUnknown && answer.Data.ValueKind == JsonValueKind.Null => new Reading<TFacts>.Unknown(),
            _ when answer.Data.ValueKind != JsonValueKind.Object => WireFailure.Structure("data"),
            _ => WireJson.Read(answer.Data, type).Succeeded(out var row, out var failure) ? read(row) : failure,
        };
}
