using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Refit;

namespace Integration.Adapters.Http.Clients;

/// <summary>JSON bodies by source generation only, answers through the hardened reader.</summary>
/// <param name="context">Knows every wire type of the client.</param>
internal sealed class WireJsonSerializer(JsonSerializerContext context) : IHttpContentSerializer
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    public HttpContent ToHttpContent<T>(T item) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(item, TypeInfo<T>()))
        {
            Headers = { ContentType = s_json },
        };

    public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
#pragma warning disable CS8714 // Refit's interface has no notnull constraint; wire types are records.
        Task.FromResult<T?>(WireAnswer.Read(content, TypeInfo<T>()));
#pragma warning restore CS8714

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => null;

    private JsonTypeInfo<T> TypeInfo<T>() =>
        (JsonTypeInfo<T>?)context.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{context.GetType().Name} does not know {typeof(T).Name}.");
}
