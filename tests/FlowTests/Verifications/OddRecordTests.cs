using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Contracts.V1.Evidence;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Recording;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Verifications;

/// <summary>A register holds one record that cannot be read: only the questions about it stay unanswered.</summary>
public sealed class OddRecordTests : IAsyncLifetime
{
    private readonly StandInAgency _register = new();
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _register.Behaviour = (request, reply) => reply.JsonAsync(Answer(request));
        _host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Agencies:real-estate:BaseAddress"] = _register.Address.ToString(),
                },
            }
        );
        await _host.Agencies.BreakAsync("licence-library", "http500");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _register.DisposeAsync();
    }

    [Fact]
    public async Task Eight_questions_about_it_in_a_row_leave_the_next_citizens_question_answered()
    {
        var odd = Question("p02", "t02");
        for (var i = 0; i < 8; i++)
        {
            odd = odd with { CaseId = HallRequests.NewCase() };
            var check = Assert.Single((await _host.Hall.Api.VerifyAsync(odd)).Checks);
            Assert.Equal(CheckOutcome.SourceUnavailable, check.Outcome);
        }

        Assert.Equal(8, _register.Requests.Count(request => request.Text.Contains("cxqqdh", StringComparison.Ordinal)));
        var onRecord = await FailuresAsync();
        Assert.Equal(8, onRecord.Count);
        Assert.All(
            onRecord,
            failure => Assert.Equal(("parse", "agency", "QLRMC"), (failure.Stage, failure.Side, failure.Field))
        );

        var next = Assert.Single((await _host.Hall.Api.VerifyAsync(Question("p01", "t01"))).Checks);

        Assert.Equal((CheckOutcome.Match, "real-estate"), (next.Outcome, next.Source?.Agency));
    }

    /// <summary>What kept the register's answers from us, as it is on record.</summary>
    private async Task<IReadOnlyList<EvidenceFailure>> FailuresAsync()
    {
        await using var db = _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        var rows = await db.Set<EvidenceRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync();
        return
        [
            .. rows.Select(row => JsonSerializer.Deserialize<EvidenceFact>(row.Record, JsonSerializerOptions.Web)!)
                .Where(fact => fact.Call?.Agency == "real-estate")
                .Select(fact => fact.Failure)
                .OfType<EvidenceFailure>(),
        ];
    }

    private static VerificationRequest Question(string person, string title) =>
        HallRequests.Identity(person) with
        {
            Property = SyntheticWorld.Title(title),
            Checks = [CheckName.PropertyTitle],
        };

    private static string Answer(StandInRequest request)
    {
        if (request.Line.Contains("/token", StringComparison.Ordinal))
        {
            return """{"code":0,"data":{"token":"T","expires":1600}}""";
        }

        var question = WebUtility.UrlDecode(request.Text);
        using var form = JsonDocument.Parse(question[question.IndexOf('{', StringComparison.Ordinal)..]);
        var number = form.RootElement.GetProperty("head").GetProperty("cxqqdh").GetString();
        var good = SyntheticWorld.Title("t01");
        var isGood = Regex.Unescape(question).Contains(good.CertificateNumber!, StringComparison.Ordinal);
        var certificate = isGood ? good.CertificateNumber : SyntheticWorld.Title("t02").CertificateNumber;
        var person = SyntheticWorld.Person("p01");
        return $$"""
            {"head":{"code":"0000","cxqqdh":"{{number}}"},"data":[{"BDCQZH":"{{certificate}}","QSZT":"现势",
            "QLRMC":"{{(isGood ? person.Name : string.Empty)}}","ZJH":"{{person.IdNumber}}"}]}
            """;
    }
}
