using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Verifications;

/// <summary>
/// A caller that asks under a name that is not the record's gets one and the same answer for every content of the record. Each pair is a record with
/// something to hide and a plain one; the accepted neighbour of each is its own subject, who is told.
/// </summary>
public class StrangerTests(SharedHost shared) : IClassFixture<SharedHost>
{
    /// <summary>What differs between any two answers.</summary>
    private static readonly string[] s_own =
    [
        "verificationId",
        "caseId",
        "evidenceId",
        "requestId",
        "asOf",
        "elapsedMs",
        "completedAt",
        "receipt",
        "decidedAt",
    ];

    private HallDriver Hall => shared.Host.Hall;

    [Theory]
    [InlineData("t-seized")]
    [InlineData("t-mortgaged")]
    [InlineData("t-cancelled")]
    [InlineData("t-co")]
    [InlineData("t-split")]
    [InlineData("t-transferred")]
    public async Task A_title_tells_a_stranger_what_a_plain_one_does(string title)
    {
        foreach (var stranger in new[] { "p03", "p-outsider" })
        {
            var told = await ToldAsync(Title(title, stranger));

            Assert.Equal(await ToldAsync(Title("t01", stranger)), told);
            Assert.Equal("""["holderName"]""", JsonNode.Parse(told)!["checks"]![0]!["mismatches"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_seizure_is_told_to_a_holder_with_a_holders_number_only()
    {
        var own = (await Hall.Api.VerifyAsync(Title("t-seized", "p05"))).Checks[0];
        var namesake = Title("t-seized", "p05");
        var other = (
            await Hall.Api.VerifyAsync(
                namesake with
                {
                    Person = namesake.Person! with { IdNumber = SyntheticWorld.Person("p03").IdNumber },
                }
            )
        ).Checks[0];

        Assert.Contains("查封", own.Note, StringComparison.Ordinal);
        Assert.Equal(["holderCode"], other.Mismatches);
        Assert.DoesNotContain("查封", other.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Death_is_told_when_name_and_number_agree()
    {
        var living = await ToldAsync(Named(HallRequests.Identity("p01"), "李四"));
        var dead = await ToldAsync(Named(HallRequests.Identity("p-dead"), "李四"));
        var own = (await Hall.Api.VerifyAsync(HallRequests.Identity("p-dead"))).Checks[0];

        Assert.Equal(living, dead);
        Assert.Equal(["vitalStatus"], own.Mismatches);
    }

    [Theory]
    [InlineData("c-revoked")]
    [InlineData("c-cancelled")]
    [InlineData("c-newrep")]
    [InlineData("c-large")]
    public async Task An_enterprise_under_another_name_tells_what_a_plain_one_does(string company)
    {
        var told = await ToldAsync(Licence(company));

        Assert.Equal(await ToldAsync(Licence("c02")), told);
        Assert.Equal("""["name"]""", JsonNode.Parse(told)!["checks"]![0]!["mismatches"]!.ToJsonString());
    }

    [Theory]
    [InlineData("t-seized")]
    [InlineData("t-cancelled")]
    [InlineData("t-co")]
    public async Task A_decision_tells_a_stranger_what_that_of_a_plain_title_does(string title)
    {
        var told = await DecidedAsync(HallRequests.Residential("p03", title));

        Assert.Equal(await DecidedAsync(HallRequests.Residential("p03", "t05")), told);
        Assert.Equal("mismatch", JsonNode.Parse(told)!["rule"]!.GetValue<string>());
    }

    /// <summary>An account of a transfer is named by its number alone: who does not hold the title is told nothing of it.</summary>
    [Theory]
    [InlineData("t04", "t04")]
    [InlineData("t04", "t05")]
    [InlineData("t-seized", "t04")]
    public async Task An_account_tells_nothing_to_whoever_does_not_hold_its_title(string title, string account)
    {
        var before = (await shared.Host.Agencies.CallsOfAsync("electricity")).Count;

        var told = await DecidedAsync(Transfer("p03", title, SyntheticWorld.Account(account)));

        Assert.Equal(await DecidedAsync(Transfer("p03", "t05", SyntheticWorld.Account("t05"))), told);
        Assert.Equal(await DecidedAsync(Transfer("p03", "t05", "4210229999999")), told);
        Assert.Equal("mismatch", JsonNode.Parse(told)!["rule"]!.GetValue<string>());
        Assert.Equal(before, (await shared.Host.Agencies.CallsOfAsync("electricity")).Count);
    }

    [Fact]
    public async Task An_account_tells_nothing_to_the_holder_of_another_title_that_is_named_by_its_certificate()
    {
        var indebted = await DecidedAsync(ByCertificate("t04"));

        Assert.Equal(await DecidedAsync(ByCertificate("t03")), indebted);
        Assert.DoesNotContain("arrears", indebted, StringComparison.Ordinal);
        var own = JsonNode.Parse(await DecidedAsync(ByCertificate("t05")))!;
        Assert.Equal("all-proofs-shared", own["rule"]!.GetValue<string>());

        ApplicationRequest ByCertificate(string accountOf)
        {
            var request = Transfer("p05", "t05", SyntheticWorld.Account(accountOf));
            return request with { Premises = request.Premises! with { UnitNumber = null } };
        }
    }

    [Fact]
    public async Task The_holder_of_the_title_is_told_of_arrears()
    {
        var told = await DecidedAsync(Transfer("p04", "t04", SyntheticWorld.Account("t04")));

        Assert.Equal("arrears", JsonNode.Parse(told)!["rule"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_account_that_may_be_anybodys_takes_a_paper_where_no_title_is_given()
    {
        var before = (await shared.Host.Agencies.CallsOfAsync("electricity")).Count;
        var request = Transfer("p03", "t04", SyntheticWorld.Account("t04"));

        var answer = await Hall.Api.ApplyAsync(
            request with
            {
                Premises = request.Premises! with { CertificateNumber = null, UnitNumber = null },
            }
        );

        Assert.Equal(["propertyTitle", "accountHolder"], answer.Decision.Missing.Select(missing => missing.Proof));
        Assert.Equal(before, (await shared.Host.Agencies.CallsOfAsync("electricity")).Count);
    }

    [Fact]
    public async Task Who_asks_under_a_wrong_name_for_the_projects_of_an_enterprise_is_told_nothing_of_them()
    {
        var right = HallRequests.Commercial("c-large", "t-large") with
        {
            ServiceType = "high-voltage-new",
            CapacityKw = 800,
        };
        var wrong = right with
        {
            Applicant = new ApplicantInput
            {
                Enterprise = right.Applicant!.Enterprise! with { Name = "公安县别的有限公司" },
                Person = right.Applicant.Person,
            },
        };

        var (own, told) = (await Hall.Api.ApplyAsync(right), await Hall.Api.ApplyAsync(wrong));

        Assert.Equal(CheckOutcome.Match, Project(own).Outcome);
        Assert.Equal((CheckOutcome.Mismatch, null), (Project(told).Outcome, Project(told).Source));
        Assert.Equal(["name"], Project(told).Mismatches);

        static ProofResult Project(ApplicationResponse answer) =>
            answer.Decision.Proofs.Single(proof => proof.Proof == "projectApproval");
    }

    private async Task<string> ToldAsync(VerificationRequest request)
    {
        using var answer = await Hall.PostAsync("/v1/verifications", request);
        return Scrubbed(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!).ToJsonString();
    }

    private async Task<string> DecidedAsync(ApplicationRequest request)
    {
        using var answer = await Hall.PostAsync("/v1/applications", request);
        return Scrubbed(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["decision"]!).ToJsonString();
    }

    private static JsonNode Scrubbed(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in s_own)
                {
                    members.Remove(name);
                }

                foreach (var (_, member) in members.Where(member => member.Value is not null))
                {
                    Scrubbed(member!);
                }

                break;
            case JsonArray items:
                foreach (var item in items.OfType<JsonNode>())
                {
                    Scrubbed(item);
                }

                break;
            default:
                break;
        }

        return node;
    }

    private static VerificationRequest Title(string title, string person) =>
        HallRequests.Identity(person) with
        {
            Property = SyntheticWorld.Title(title) with { HolderName = SyntheticWorld.Person(person).Name },
            Checks = [CheckName.PropertyTitle],
        };

    private static VerificationRequest Named(VerificationRequest request, string name) =>
        request with
        {
            Person = request.Person! with { Name = name },
        };

    private static VerificationRequest Licence(string company) =>
        HallRequests.Identity() with
        {
            Person = null,
            Enterprise = SyntheticWorld.Company(company) with { Name = "公安县别的有限公司" },
            Checks = [CheckName.BusinessLicence],
        };

    private static ApplicationRequest Transfer(string person, string title, string account) =>
        HallRequests.Residential(person, title) with
        {
            ServiceType = "transfer",
            Purpose = "electricity.transfer",
            Account = account,
            CapacityKw = null,
        };
}
