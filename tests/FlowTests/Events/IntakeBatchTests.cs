using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Signatures;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

/// <summary>Several events under one signature, and signatures that carry what they sign: an answer for each, nothing lost.</summary>
public sealed class IntakeBatchTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    [Fact]
    public async Task Each_element_has_its_own_answer_and_a_bad_one_costs_no_other()
    {
        using var municipal = shared.Host.Municipal();
        var first = Text(MunicipalEvents.Opened("c02"));
        var foreign = Text(MunicipalEvents.Opened("c03", source: "county-hall"));
        var bad = Text(MunicipalEvents.Opened("c04") with { Time = null });
        var last = Text(MunicipalEvents.Opened("c05"));
        // Each digest is over the element's own bytes, not over what stands around it.
        var results = await ResultsOfAsync(
            await SendAsync(municipal, $" [ {first} ,{bad},\n{foreign}, {last},7,{first}\t]")
        );

        Assert.Equal(Enumerable.Range(0, 6), results.Select(result => result.Index));
        Assert.Equal(
            ["Accepted", "event-invalid", "signature-invalid", "Accepted", "event-invalid", "Duplicate"],
            results.Select(result => result.Receipt?.Status.ToString() ?? result.Problem!.Code)
        );
        Assert.Equal("/1/time", Assert.Single(results[1].Problem!.Errors!).Pointer);
        Assert.Equal("/4", Assert.Single(results[4].Problem!.Errors!).Pointer);
        Assert.Equal(results[0].Receipt!.ReceiptId, results[5].Receipt!.ReceiptId);
        Assert.Equal(Sha256(first), results[0].Receipt!.Sha256);
        Assert.Equal(Sha256(last), results[3].Receipt!.Sha256);
        Assert.Single(await MessagesOfAsync(results[0], results[3]));
        await BecomesAnApplicationAsync(municipal, results[3].Receipt!);
    }

    [Fact]
    public async Task A_repeated_batch_gets_the_same_receipts_and_so_does_an_element_sent_alone()
    {
        using var municipal = shared.Host.Municipal();
        var one = Text(MunicipalEvents.Opened("c06"));
        var two = Text(MunicipalEvents.Opened("c07"));
        var first = await ResultsOfAsync(await SendAsync(municipal, $"[{one},{two}]"));
        var again = await ResultsOfAsync(await SendAsync(municipal, $"[{two},{one}]"));
        Assert.All(again, result => Assert.Equal(ReceiptStatus.Duplicate, result.Receipt!.Status));
        Assert.Equal(first[0].Receipt!.ReceiptId, again[1].Receipt!.ReceiptId);
        using var alone = await municipal.SendAsync(s_utf8.GetBytes(one), municipal.Sign(s_utf8.GetBytes(one)));
        Assert.Equal(first[0].Receipt!.ReceiptId, (await MunicipalDriver.ReceiptOfAsync(alone)).ReceiptId);
    }

    [Fact]
    public async Task Of_two_elements_with_one_id_the_first_stands()
    {
        using var municipal = shared.Host.Municipal();
        var input = MunicipalEvents.Opened("c08");
        var results = await ResultsOfAsync(
            await SendAsync(municipal, $"[{Text(input)},{Text(input with { Sequence = "2" })}]")
        );
        Assert.Equal(ReceiptStatus.Accepted, results[0].Receipt!.Status);
        Assert.Equal("event-conflict", results[1].Problem!.Code);
    }

    [Fact]
    public async Task When_no_element_can_be_used_the_batch_is_refused_with_all_faults()
    {
        using var municipal = shared.Host.Municipal();
        var bad = MunicipalEvents.Opened();
        using var answer = await SendAsync(
            municipal,
            $"[{Text(bad with { Time = null })},{Text(bad with { Data = bad.Data! with { Premises = null } })}]"
        );
        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["/0/time", "/1/data/premises"], problem.Errors!.Select(fault => fault.Pointer));
    }

    [Theory]
    [InlineData("[]", "length")]
    [InlineData("{}", "wrong-type")]
    [InlineData("[{}", "syntax")]
    public async Task What_is_no_batch_is_refused(string body, string code)
    {
        using var municipal = shared.Host.Municipal();
        using var answer = await SendAsync(municipal, body);
        Assert.Equal(code, Assert.Single((await HallDriver.ProblemOfAsync(answer)).Errors!).Code);
    }

    [Fact]
    public async Task A_batch_has_a_hundred_events_at_most()
    {
        using var municipal = shared.Host.Municipal();
        var body = $"[{string.Join(',', Enumerable.Repeat("{}", 101))}]";
        using var answer = await SendAsync(municipal, body);
        Assert.Equal("length", Assert.Single((await HallDriver.ProblemOfAsync(answer)).Errors!).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signature_may_carry_what_it_signs_and_is_kept_without_it(bool batch)
    {
        using var municipal = shared.Host.Municipal();
        var text = Text(MunicipalEvents.Opened("c09"));
        var content = s_utf8.GetBytes(batch ? $"[{text}]" : text);
        using var answer = await municipal.SendWithAsync(
            municipal.Sign(content, detached: false),
            [],
            MunicipalDriver.Attached
        );
        var receipt = batch
            ? Assert.Single(await ResultsOfAsync(answer)).Receipt!
            : await MunicipalDriver.ReceiptOfAsync(answer);
        Assert.Equal(Sha256(text), receipt.Sha256);
        var message = Assert.Single(await MessagesOfAsync(new EventBatchResult { Index = 0, Receipt = receipt }));
        Assert.True(message.Signature.Length < municipal.Sign(content, detached: false).Length - content.Length / 2);
        var verifier = shared.Host.Services.GetRequiredService<SignedMessageVerifier>();
        var signers = shared.Host.Services.GetRequiredService<EventSources>().Signers;
        Assert.True(verifier.VerifyDetached(content, message.Signature, signers).Succeeded(out _, out _));
        Assert.Equal(content, message.Content);
        await BecomesAnApplicationAsync(municipal, receipt);
    }

    [Fact]
    public async Task An_attached_signature_comes_without_a_second_one()
    {
        using var municipal = shared.Host.Municipal();
        var attached = municipal.Sign(s_utf8.GetBytes(Text(MunicipalEvents.Opened())), detached: false);
        using var answer = await municipal.SendWithAsync(attached, ["TUlJQQ=="], MunicipalDriver.Attached);
        Assert.Equal("signature-invalid", (await HallDriver.ProblemOfAsync(answer)).Code);
    }

    private static string Text(EventInput input) => s_utf8.GetString(MunicipalDriver.BytesOf(input));

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(s_utf8.GetBytes(text)));

    private static Task<HttpResponseMessage> SendAsync(MunicipalDriver municipal, string body)
    {
        var bytes = s_utf8.GetBytes(body);
        return municipal.SendAsync(bytes, municipal.Sign(bytes), MunicipalDriver.Batch);
    }

    private static async Task<IReadOnlyList<EventBatchResult>> ResultsOfAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.Accepted, body);
            Assert.NotNull(JsonNode.Parse(body));
            return JsonSerializer.Deserialize<EventBatchResponse>(body, IntegrationJson.Options)!.Results;
        }
    }

    private static async Task BecomesAnApplicationAsync(MunicipalDriver municipal, EventReceipt receipt) =>
        await Eventually.GetAsync(
            "the event is processed",
            () => municipal.ReadAsync(receipt.ReceiptId),
            answer => answer.State == EventState.Processed
        );

    private async Task<IReadOnlyList<(byte[] Content, byte[] Signature)>> MessagesOfAsync(
        params EventBatchResult[] results
    )
    {
        var ids = results.Select(result => result.Receipt!.ReceiptId).ToList();
        var vault = shared.Host.Services.GetRequiredService<Gateway.Platform.Protection.PersonalDataVault>();
        await using var db = await shared
            .Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>()
            .CreateDbContextAsync();
        var messages = db.Set<EventRow>().Where(row => ids.Contains(row.ReceiptId)).Select(row => row.MessageId);
        var rows = await db.Set<SignedMessageRow>().Where(row => messages.Contains(row.MessageId)).ToListAsync();
        return [.. rows.Select(row => (vault.OpenBytes(row.Content), vault.OpenBytes(row.Signature)))];
    }
}
