using System.Globalization;
using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Spectre.Console;

namespace Integration.Try.Scenario;

/// <summary>Shows a decision: what was decided by which rule, and each proof with its source, time and evidence.</summary>
internal sealed class DecisionTable(IAnsiConsole console)
{
    private readonly Padding _indent = new(3, 0, 0, 0);

    /// <summary>Shows the answer; true when the decision is the expected one.</summary>
    public bool Show(TryCase tryCase, ApplicationAnswer answer)
    {
        var (decision, isExpected) = (answer.Decision, answer.Decision.Outcome == tryCase.Expected);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{tryCase.Title}[/] [grey]{answer.CaseId}[/]");
        console.MarkupLine(
            $"   [bold {ColourOf(decision.Outcome)}]{Words.Of(decision.Outcome)} {Name(decision.Outcome)}[/]  "
                + $"rule {decision.Rule} · {Clock(decision.DecidedAt)} · {decision.EvidenceId}"
        );
        console.MarkupLineInterpolated($"   {decision.Explanation}");
        console.Write(new Padder(Proofs(decision.Proofs), _indent));
        if (!isExpected)
        {
            console.MarkupLineInterpolated($"   [red]✗ expected {Name(tryCase.Expected)}[/]");
        }

        return isExpected;
    }

    private static Table Proofs(IReadOnlyList<ProofResult> proofs)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var heading in (string[])["证明 proof", "结果 outcome", "来源 source", "时间 time", "存证 evidence"])
        {
            table.AddColumn(new TableColumn(heading).NoWrap());
        }

        foreach (var proof in proofs)
        {
            table.AddRow(
                Markup.Escape(proof.Proof),
                Outcome(proof),
                Markup.Escape(proof.Source?.Agency ?? "–"),
                proof.Source is { } source ? Clock(source.AsOf) : "–",
                Markup.Escape(proof.EvidenceId ?? "–")
            );
        }

        return table;
    }

    private static string Outcome(ProofResult proof)
    {
        if (proof.Outcome is not { } outcome)
        {
            return proof.SatisfiedBy is { } by ? $"[green]{Name(by)}[/]" : "[yellow]–[/]";
        }

        var fields = proof.Mismatches.Count > 0 ? $" ({string.Join(", ", proof.Mismatches)})" : string.Empty;
        return $"[{Words.ColourOf(outcome)}]{Words.Of(outcome)} {Name(outcome)}{Markup.Escape(fields)}[/]";
    }

    private static string ColourOf(DecisionOutcome outcome) =>
        outcome switch
        {
            DecisionOutcome.ZeroCertificate => "green",
            DecisionOutcome.Review => "red",
            _ => "yellow",
        };

    private static string Clock(DateTimeOffset at) => at.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The code as the API spells it.</summary>
    private static string Name<T>(T code)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(code.ToString());
}
