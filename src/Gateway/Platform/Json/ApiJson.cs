using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;

namespace Integration.Gateway.Platform.Json;

/// <summary>The metadata of the API's types, under the rules that the client package uses too.</summary>
internal static class ApiJson
{
    public static JsonTypeInfo<T> For<T>() => (JsonTypeInfo<T>)IntegrationJson.Options.GetTypeInfo(typeof(T));
}
