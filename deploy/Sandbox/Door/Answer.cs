using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Integration.Sandbox.Door;

/// <summary>What an agency answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Content type as sent.</param>
/// <param name="Body">The bytes as sent.</param>
/// <param name="Outcome">For the call list: <c>answered</c>, <c>unknown</c>, <c>issued</c>, <c>refused:&lt;code&gt;</c> or <c>fault:&lt;fault&gt;</c>.</param>
internal sealed record Answer(int Status, string ContentType, ReadOnlyMemory<byte> Body, string Outcome)
{
    public const string JsonType = "application/json;charset=UTF-8";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True when the call changed something at the provider. None of the look-ups does.</summary>
    public bool Effective { get; init; }

    /// <summary>True when the agency breaks the connection instead of answering.</summary>
    public bool IsAborted { get; private init; }

    /// <summary>What passes between the call's being listed and the broken connection; null: nothing.</summary>
    public Func<Task>? Silence { get; private init; }

    /// <summary>The call did what it did, and the caller never hears of it.</summary>
    public Answer Lost(string outcome, Func<Task> silence) =>
        this with
        {
            Outcome = outcome,
            IsAborted = true,
            Silence = silence,
        };

    public static Answer Aborted(string outcome) => new(0, string.Empty, default, outcome) { IsAborted = true };

    public static Answer Json(string outcome, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new(status, JsonType, buffer.WrittenMemory, outcome);
    }

    public static Answer Text(string outcome, int status, string contentType, string text) =>
        new(status, contentType, Encoding.UTF8.GetBytes(text), outcome);

    public static Answer WrongContentType(string expected) =>
        Text(
            "refused:content-type",
            StatusCodes.Status415UnsupportedMediaType,
            "text/plain;charset=UTF-8",
            $"Content-Type must be {expected}"
        );
}
