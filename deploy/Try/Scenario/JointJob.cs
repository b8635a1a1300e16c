using Integration.Contracts.Client;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Try.Hosting;
using Spectre.Console;

namespace Integration.Try.Scenario;

/// <summary>
/// One form for five utilities: each provider takes its leg in its own manner and brings it to the end, and the applicant can read all
/// the time who does what next and until when.
/// </summary>
internal sealed class JointJob(
    IIntegrationApi hall,
    ProviderPlay providers,
    FixtureInputs inputs,
    HallHook hook,
    IAnsiConsole console,
    MovableClock time
)
{
    private const string Connected = "joint.connected";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(300);

    /// <summary>How far the clock goes on at once; the polled providers are asked again each time.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(1);

    /// <summary>When nothing was heard for so long (real time), the clock goes on all the same.</summary>
    private static readonly TimeSpan s_longEnough = TimeSpan.FromSeconds(3);

    /// <summary>Owners and their homes: on a data directory that is kept, one of them may still have an application open.</summary>
    private static readonly string[] s_homes = ["03", "06", "07", "08", "09"];

    private readonly LegLines _lines = new(console, time);

    /// <summary>True when every leg came to its end and the hall was told.</summary>
    public async Task<bool> RunAsync()
    {
        console.WriteLine();
        console.Write(new Rule("[bold]水电气网联合报装 · a joint application[/]") { Justification = Justify.Left });
        try
        {
            var since = time.GetUtcNow();
            var joint = await OpenAsync();
            Say($"One form, {joint.Legs.Count} legs: {joint.JointApplicationId}, case {joint.CaseId}");
            Say($"The clock is moved by a minute whenever the providers that are polled have answered.");
            await providers.StartAsync();
            joint = await UntilClosedAsync(joint);
            await providers.EndAsync();
            return Close(joint) && await ShowNoticeAsync(joint, since);
        }
        catch (IntegrationApiException refusal)
        {
            return Fail($"{refusal.Message}");
        }
    }

    private async Task<JointApplicationResponse> OpenAsync()
    {
        for (var home = 0; ; home++)
        {
            try
            {
                return await hall.OpenJointApplicationAsync(Form(s_homes[home]));
            }
            catch (IntegrationProblemException open)
                when (open.Problem.Code == "already-open" && home + 1 < s_homes.Length)
            {
                Say($"An earlier run left an application open at home {s_homes[home]}; the next home applies.");
            }
        }
    }

    private async Task<JointApplicationResponse> UntilClosedAsync(JointApplicationResponse opened)
    {
        var (joint, since) = (opened, time.GetTimestamp());
        var (before, moved) = (opened, since);
        _lines.Show(joint);
        while (joint.State != JointState.Closed && time.GetElapsedTime(since) < s_patience)
        {
            await Task.Delay(s_lookEvery, time);
            await providers.PlayAsync(joint);
            joint = await hall.GetJointApplicationAsync(opened.JointApplicationId);
            _lines.Show(joint);
            if (providers.AllHeard(before, joint) || time.GetElapsedTime(moved) > s_longEnough)
            {
                time.Move(s_step);
                (before, moved) = (joint, time.GetTimestamp());
            }
        }

        return joint;
    }

    private JointApplicationRequest Form(string home)
    {
        var now = time.GetUtcNow();
        var granted = now.AddMinutes(-10);
        return new JointApplicationRequest
        {
            CaseId = FormattableString.Invariant($"TRY-{now:yyyyMMddHHmmssfff}-joint"),
            Purpose = "joint.new",
            Kind = JointKind.New,
            Basis = new LegalBasis
            {
                Kind = BasisKind.Consent,
                Reference = "CONSENT-joint",
                GrantedAt = granted,
            },
            Applicant = new ApplicantInput { Person = inputs.Person($"p{home}") },
            Premises = inputs.Premises($"t{home}"),
            Utilities =
            [
                Wish(Utility.Electricity, new UtilityNeed { CapacityKw = 8 }, granted),
                Wish(Utility.Water, new UtilityNeed { PeakFlow = 2.5m }, granted),
                Wish(Utility.Gas, new UtilityNeed { PeakFlow = 2.5m }, granted),
                Wish(Utility.Network, new UtilityNeed { BandwidthMbit = 300 }, granted),
                Wish(Utility.Television, new UtilityNeed { Outlets = 2 }, granted),
            ],
        };
    }

    private static UtilityWish Wish(Utility utility, UtilityNeed need, DateTimeOffset granted) =>
        new()
        {
            Utility = utility,
            Need = need,
            Consent = new ConsentInput { Reference = $"CONSENT-{utility}", GrantedAt = granted },
        };

    private bool Close(JointApplicationResponse joint)
    {
        if (joint.State != JointState.Closed)
        {
            return Fail($"After {s_patience.TotalSeconds} s the joint application is {joint.State}, not closed.");
        }

        console.WriteLine();
        console.MarkupLine("[green]✓[/] [bold]Every leg is connected and closed.[/]");
        return true;
    }

    private async Task<bool> ShowNoticeAsync(JointApplicationResponse joint, DateTimeOffset since)
    {
        while (await hook.NextOfAsync(joint.CaseId, since, s_patience) is { } verified)
        {
            if (verified.Notice.Type == Connected)
            {
                Say($"The hall's web-hook was told: {Connected} {verified.Notice.Id}");
                return true;
            }
        }

        return Fail($"No notice {Connected} arrived within {s_patience.TotalSeconds} s.");
    }

    private void Say(FormattableString text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[blue]→[/] {FormattableString.Invariant(text)}");
    }

    private bool Fail(FormattableString text)
    {
        console.MarkupLineInterpolated($"[red]✗[/] {FormattableString.Invariant(text)}");
        return false;
    }
}
