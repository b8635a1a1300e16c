using System.Globalization;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Gas;

/// <summary>
/// The gas company: forms in, XML out, signed with <c>x-tif-*</c>. Progress has no numbers; each step is given twice, the latest
/// first.
/// </summary>
internal sealed class GasAgency : ProviderAgency
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly ProviderWords Words = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["received"] = "G00",
            ["accepted"] = "G01",
            ["returned"] = "G09",
            ["surveyScheduled"] = "G11",
            ["surveyed"] = "G12",
            ["planAnswered"] = "G21",
            ["awaitingCustomer"] = "G22",
            ["awaitingPermit"] = "G23",
            ["construction"] = "G31",
            ["inspected"] = "G32",
            ["connected"] = "G41",
            ["closed"] = "G42",
            ["withdrawn"] = "G98",
            ["suspended"] = "G99",
        },
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["khmc"] = "applicant.name",
            ["zjhm"] = "applicant.code",
            ["frmc"] = "applicant.legalRepresentative",
            ["jbr"] = "agent.name",
            ["yhm"] = "former.holder",
            ["yqdz"] = "premises.address",
            ["dyh"] = "premises.unitNumber",
            ["qzh"] = "premises.certificateNumber",
            ["khbh"] = "account",
        }
    );

    private readonly TifCheck _signature;

    public GasAgency(SandboxSettings settings)
        : base("gas", new ProviderDesk("gas", new LegBook("RQ", Words, settings.Time))) =>
        _signature = new TifCheck(settings.Credentials.GasPaasId, settings.Credentials.GasToken, settings.Time);

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        Map("order", Order);
        Map("find", (call, form) => Numbered(call, form, ":find", key => GasAnswers.Receipt(Desk.Legs.Find(key))));
        Map("withdraw", (call, form) => Numbered(call, form, ":withdraw", Cancel));
        Map("statuses", (call, form) => Numbered(call, form, ":statuses", key => Progress(call, key)));
        Map("visit", Visit);
        Map("precheck", PreCheck);

        void Map(string page, Func<AgencyCall, GasForm, Answer> work) =>
            routes.MapPost(
                $"/gas/service/{page}.do",
                door.Open(this, new Operation(page), call => Checked(call, work))
            );
    }

    public override Answer NotAuthorised(AgencyCall call) => GasAnswers.Refused("1003", StatusCodes.Status403Forbidden);

    public override Answer SignatureRefused(AgencyCall call) =>
        GasAnswers.Refused("1001", StatusCodes.Status401Unauthorized);

    public override void Reset()
    {
        base.Reset();
        _signature.Forget();
    }

    private Answer Checked(AgencyCall call, Func<AgencyCall, GasForm, Answer> work)
    {
        if (!call.Is(Form))
        {
            return Answer.WrongContentType(Form);
        }

        if (!_signature.IsSigned(call))
        {
            return SignatureRefused(call);
        }

        return call.IdempotencyKey is not null && GasForm.Read(call) is { } form
            ? work(call, form)
            : GasAnswers.Invalid();
    }

    private Answer Order(AgencyCall call, GasForm form)
    {
        if (form.Order(call, Words) is not { } draft)
        {
            return GasAnswers.Invalid();
        }

        call.Correlation = draft.LegId;
        if (form.Missing() is { Count: > 0 } missing)
        {
            return GasAnswers.Receipt(draft, "incomplete", missing);
        }

        return Desk.Legs.Take(draft) is { } taken
            ? GasAnswers.Receipt(taken.Leg) with
            {
                Effective = taken.Changed,
            }
            : GasAnswers.Refused("2009");
    }

    private Answer Cancel(string key) =>
        Desk.Legs.Withdraw(key) is { } taken
            ? GasAnswers.Receipt(taken.Leg) with
            {
                Effective = taken.Changed,
            }
            : GasAnswers.Unknown();

    private Answer Progress(AgencyCall call, string key)
    {
        if (Desk.Legs.Look(key) is not { } leg)
        {
            return GasAnswers.Unknown();
        }

        // Its habit: the latest first, each step twice; a fault may disturb even that.
        var steps = Disordered(call, leg.Statuses.Reverse().SelectMany(status => new[] { status, status })).ToList();
        return GasAnswers.Found(
            "progress",
            xml =>
            {
                xml.WriteElementString("wldh", key);
                foreach (var step in steps)
                {
                    GasAnswers.Write(xml, step, Words);
                }
            }
        );
    }

    private Answer Visit(AgencyCall call, GasForm form)
    {
        if (
            !form.IsExactly("wldh", "qsj", "zsj")
            || !IsTime(form.Value("qsj"))
            || !IsTime(form.Value("zsj"))
            || !call.IdempotencyKey!.StartsWith($"{form.Value("wldh")}:visit:", StringComparison.Ordinal)
        )
        {
            return GasAnswers.Invalid();
        }

        if (Desk.Legs.Find(form.Value("wldh")!) is null)
        {
            return GasAnswers.Unknown();
        }

        var (comes, isNew) = Desk.Visit(call.IdempotencyKey);
        return GasAnswers.Found(
            "visit",
            xml =>
            {
                xml.WriteElementString("wldh", form.Value("wldh"));
                xml.WriteElementString("qsj", form.Value("qsj"));
                xml.WriteElementString("hf", comes ? "Y" : "N");
            }
        ) with
        {
            Effective = isNew,
        };
    }

    private Answer PreCheck(AgencyCall call, GasForm form)
    {
        if (!form.IsExactly("khbh", "yhm"))
        {
            return GasAnswers.Invalid();
        }

        return Desk.Account(form.Value("khbh")!) is { } account
            ? GasAnswers.Found(
                "account",
                xml =>
                {
                    xml.WriteElementString("khbh", account.Number);
                    xml.WriteElementString("qf", account.HasArrears ? "Y" : "N");
                    xml.WriteElementString("yh", account.IsFormerHolders ? "Y" : "N");
                }
            )
            : GasAnswers.Unknown();
    }

    private static Answer Numbered(AgencyCall call, GasForm form, string suffix, Func<string, Answer> work) =>
        form.IsExactly("wldh") && call.IdempotencyKey == form.Value("wldh") + suffix
            ? work(form.Value("wldh")!)
            : GasAnswers.Invalid();

    private static bool IsTime(string? text) =>
        DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
