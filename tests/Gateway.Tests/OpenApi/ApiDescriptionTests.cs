using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.OpenApi;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Gateway.Tests.OpenApi;

public class ApiDescriptionTests
{
    [Fact]
    public async Task The_description_is_OpenAPI_3_1_with_bodies_problems_and_examples()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        var document = JsonNode.Parse(await host.Client.GetStringAsync("/openapi/v1.json"))!;
        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);

        var post = document["paths"]!["/v1/verifications"]!["post"]!;
        Assert.Equal(
            "HALL-2026-000123",
            (string?)post["requestBody"]!["content"]!["application/json"]!["example"]!["caseId"]
        );
        Assert.NotNull(post["responses"]!["200"]!["content"]!["application/json"]!["example"]);
        foreach (var status in new[] { "400", "401", "403", "409", "413", "415", "429", "500", "503" })
        {
            var media = post["responses"]![status]!["content"]!["application/problem+json"]!;
            Assert.Equal("#/components/schemas/Problem", (string?)media["schema"]!["$ref"]);
            Assert.NotNull(media["example"]);
        }

        Assert.Contains(post["parameters"]!.AsArray(), parameter => (string?)parameter!["name"] == "Idempotency-Key");
        Assert.NotNull(document["paths"]!["/v1/verifications/{id}"]!["get"]!["responses"]!["404"]);
        Assert.NotNull(document["components"]!["securitySchemes"]!["clientCredentials"]);
    }

    [Fact]
    public async Task Personal_data_are_marked_and_only_they()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        var document = JsonNode.Parse(await host.Client.GetStringAsync("/openapi/v1.json"))!;
        var schemas = document["components"]!["schemas"]!;
        Assert.True((bool)schemas["PersonInput"]!["properties"]!["idNumber"]![PersonalDataMark.Name]!);
        Assert.True((bool)schemas["PropertyInput"]!["properties"]!["certificateNumber"]![PersonalDataMark.Name]!);
        Assert.Null(schemas["VerificationRequest"]!["properties"]!["caseId"]![PersonalDataMark.Name]);
        Assert.Null(schemas["LegalBasis"]!["properties"]!["reference"]![PersonalDataMark.Name]);
    }

    [Fact]
    public async Task Enumerations_are_described_by_their_names()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        var text = await host.Client.GetStringAsync("/openapi/v1.json");
        Assert.Contains("\"businessLicence\"", text, StringComparison.Ordinal);
        Assert.Contains("\"sourceUnavailable\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Descriptions_come_from_the_contracts()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        var document = JsonNode.Parse(await host.Client.GetStringAsync("/openapi/v1.json"))!;
        var idNumber = document["components"]!["schemas"]!["PersonInput"]!["properties"]!["idNumber"]!;
        Assert.Contains("GB 11643", (string?)idNumber["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_for_people_loads_nothing_from_elsewhere()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        var page = await host.Client.GetStringAsync("/docs");
        Assert.Contains("openapi/v1.json", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"https?://", page);
    }

    [Fact]
    public async Task The_description_is_made_once()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var first = await host.Client.GetAsync("/openapi/v1.json");
        using var second = await host.Client.GetAsync("/openapi/v1.json");
        Assert.Null(first.Headers.Age);
        Assert.NotNull(second.Headers.Age);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Whatever_is_asked_with_it_the_description_is_the_same_bytes_and_not_made_again()
    {
        var made = 0;
        await using var host = await ServiceHost.StartHttpAsync(
            Map,
            builder =>
                builder.Services.Configure<Microsoft.AspNetCore.OpenApi.OpenApiOptions>(
                    ApiDescription.Document,
                    options =>
                        options.AddDocumentTransformer(
                            (_, _, _) =>
                            {
                                Interlocked.Increment(ref made);
                                return Task.CompletedTask;
                            }
                        )
                )
        );
        var first = await host.Client.GetStringAsync("/openapi/v1.json");
        await Parallel.ForAsync(
            0,
            200,
            async (i, stop) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/OpenApi/v1.json?x={i}");
                request.Headers.Host = $"host{i}.example";
                request.Headers.AcceptLanguage.ParseAdd(i % 2 == 0 ? "zh" : "en");
                using var answer = await host.Client.SendAsync(request, stop);
                Assert.Equal(first, await answer.Content.ReadAsStringAsync(stop));
            }
        );
        Assert.Equal(1, made);
        Assert.DoesNotContain("host1.example", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_it_is_told_so()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var first = await host.Client.GetAsync("/openapi/v1.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json?again");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await host.Client.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/openapi/v2.json")]
    [InlineData("/openapi/x.json")]
    [InlineData("/docs/v2")]
    public async Task A_document_that_is_not_there_is_not_found(string path)
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        using var answer = await host.Client.GetAsync(path);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_page_and_its_script_are_kept_too_compressed_or_not()
    {
        await using var host = await ServiceHost.StartHttpAsync(Map);
        var page = await host.Client.GetStringAsync("/docs");
        Assert.Equal(page, await host.Client.GetStringAsync("/docs?x=1"));
        using var plain = await host.Client.GetAsync("/docs/scalar.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/scalar.js?x=1");
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var packed = await host.Client.SendAsync(request);
        using var again = await host.Client.GetAsync("/docs/scalar.js?x=2");

        var script = await plain.Content.ReadAsByteArrayAsync();
        var bytes = await packed.Content.ReadAsByteArrayAsync();
        Assert.True(script.Length > 100_000);
        Assert.Equal(script, await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(plain.Headers.ETag, again.Headers.ETag);
        if (packed.Content.Headers.ContentEncoding.Contains("gzip"))
        {
            using var unpacked = new MemoryStream();
            await using var gzip = new System.IO.Compression.GZipStream(
                new MemoryStream(bytes),
                System.IO.Compression.CompressionMode.Decompress
            );
            await gzip.CopyToAsync(unpacked);
            bytes = unpacked.ToArray();
        }

        Assert.Equal(script, bytes);
    }

    [Fact]
    public void Every_example_is_read_without_a_fault()
    {
        Strict<VerificationRequest>();
        Strict<ApplicationRequest>();
        Strict<MaterialRequest>();
        Strict<CommitmentRequest>();
        Strict<WithdrawRequest>();
        Assert.NotNull(
            Examples.For(nameof(VerificationResponse)).Deserialize<VerificationResponse>(IntegrationJson.Options)
        );
        Assert.NotNull(
            Examples.For(nameof(ApplicationResponse)).Deserialize<ApplicationResponse>(IntegrationJson.Options)
        );
        Assert.NotNull(Examples.For(nameof(Problem)).Deserialize<Problem>(IntegrationJson.Options));
    }

    private static void Strict<T>()
        where T : class
    {
        var bytes = Encoding.UTF8.GetBytes(Examples.For(typeof(T).Name)!.ToJsonString());
        var result = StrictJson.Understand(bytes, ApiJson.For<T>(), (value, _) => value);
        Assert.True(result.Succeeded(out _, out var refusal), $"{typeof(T).Name}: {refusal?.Errors?[0]}");
    }

    private static void Map(WebApplication app)
    {
        app.MapPost("/v1/verifications", () => TypedResults.Ok())
            .Accepts<VerificationRequest>("application/json")
            .Produces<VerificationResponse>();
        app.MapGet("/v1/verifications/{id}", (string id) => TypedResults.Ok(id.Length))
            .Produces<VerificationResponse>();
    }
}
