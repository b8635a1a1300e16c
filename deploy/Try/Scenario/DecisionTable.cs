using System.Globalization;
using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Spectre.Console;

namespace Integration.Try.Scenario;

/// <summary>Shows a decision: what was decided by which rule, and each proof with its source, time and evidence.</summary>
internal sealed class DecisionTable(IAnsiConsole console)
{
    private const string Nothing = "–";

    /// <summary>Columns that a proof on one line needs.</summary>
    private const int WidthOfOneLine = 131;

    private readonly Padding _indent = new(3, 0, 0, 0);

    /// <summary>Shows the answer; true when the decision is the expected one.</summary>
    public bool Show(TryCase tryCase, ApplicationResponse answer)
    {
        var (decision, isExpected) = (answer.Decision, answer.Decision.Outcome == tryCase.Expected);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{tryCase.Title}[/]");
        console.MarkupLine(
            $"   [bold {ColourOf(decision.Outcome)}]{Words.For(decision.Outcome)} {Name(decision.Outcome)}[/]  "
                + $"rule {decision.Rule} · {Clock(decision.DecidedAt)}"
        );
        console.MarkupLineInterpolated($"   [grey]evidence {decision.EvidenceId} · case {answer.CaseId}[/]");
        console.MarkupLineInterpolated($"   {decision.Explanation}");
        console.Write(new Padder(Proofs(decision.Proofs), _indent));
        if (!isExpected)
        {
            console.MarkupLineInterpolated($"   [red]✗ expected {Name(tryCase.Expected)}[/]");
        }

        return isExpected;
    }

    private Table Proofs(IReadOnlyList<ProofResult> proofs)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        return console.Profile.Width >= WidthOfOneLine ? OneLineEach(table, proofs) : TwoLinesEach(table, proofs);
    }

    private static Table OneLineEach(Table table, IReadOnlyList<ProofResult> proofs)
    {
        AddColumns(table, "证明 proof", "结果 outcome", "来源 source", "时间 time", "存证 evidence");
        foreach (var proof in proofs)
        {
            var (mark, code) = Outcome(proof);
            table.AddRow(proof.Proof, $"{mark} {code}", Source(proof), Time(proof), proof.EvidenceId ?? Nothing);
        }

        return table;
    }

    private static Table TwoLinesEach(Table table, IReadOnlyList<ProofResult> proofs)
    {
        AddColumns(table, "证明 proof, 存证 evidence", "结果 outcome", "来源 source");
        foreach (var proof in proofs)
        {
            var (mark, code) = Outcome(proof);
            table.AddRow(
                $"{proof.Proof}\n[grey]{proof.EvidenceId}[/]",
                $"{mark}\n{code}",
                $"{Source(proof)}\n{Time(proof)}"
            );
        }

        return table;
    }

    private static void AddColumns(Table table, params ReadOnlySpan<string> headings)
    {
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(heading).NoWrap());
        }
    }

    private static string Source(ProofResult proof) => proof.Source?.Agency ?? Nothing;

    private static string Time(ProofResult proof) => proof.Source is { } source ? Clock(source.AsOf) : Nothing;

    /// <summary>The outcome in Chinese and as the API's code, with the fields that differ.</summary>
    private static (string Mark, string Code) Outcome(ProofResult proof)
    {
        if (proof.Outcome is not { } outcome)
        {
            return proof.SatisfiedBy is { } by ? ("[green]已提供[/]", Name(by)) : ("[yellow]待提供[/]", "missing");
        }

        var fields = proof.Mismatches.Count > 0 ? $" ({string.Join(", ", proof.Mismatches)})" : string.Empty;
        var colour = Words.ColourOf(outcome);
        return ($"[{colour}]{Words.For(outcome)}[/]", $"[{colour}]{Name(outcome)}{fields}[/]");
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
