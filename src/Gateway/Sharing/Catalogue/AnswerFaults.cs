using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>What is wrong with the codes and the binding of one operation's answer beyond the schema, all of it.</summary>
internal static class AnswerFaults
{
    /// <summary>Each as one sentence that begins with the member it is about.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="dialect">Its resource's; null when there is no such dialect, which is a fault of the resource.</param>
    public static IEnumerable<string> In(OperationEntry operation, ForwardingDialect? dialect) =>
        Codes(operation.Answer).Concat(operation.Answer.Bind.SelectMany(bind => Bind(operation, bind, dialect)));

    private static IEnumerable<string> Codes(AnswerEntry answer)
    {
        if (answer.Codes is not { } codes)
        {
            yield break;
        }

        if (!answer.Envelope.Contains(codes.Field, Names(answer)))
        {
            yield return "codes: their field has to be one of the envelope, so that it is in every answer.";
        }

        foreach (var twice in codes.All().GroupBy(code => code, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"codes: {twice.Key} cannot mean two things.";
        }
    }

    private static IEnumerable<string> Bind(OperationEntry operation, BindEntry bind, ForwardingDialect? dialect)
    {
        var answer = operation.Answer;
        if (FieldTree.FaultIn(bind.Field) is { } fault)
        {
            yield return $"bind: a field path {fault}";
            yield break;
        }

        if (answer.Bind.Count(other => Names(answer).Equals(other.Field, bind.Field)) > 1)
        {
            yield return $"bind: {bind.Field} is bound twice.";
        }

        if (dialect is { Answer: not WireFormat.Json } && !bind.Field.Contains('/', StringComparison.Ordinal))
        {
            yield return $"bind: {bind.Field} stands in no record.";
        }

        var record = bind.Field[..(bind.Field.LastIndexOf('/') + 1)];
        var comparison = answer.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var field in answer.Fields.Where(field => !field.StartsWith(record, comparison)))
        {
            yield return $"bind: {field} does not stand in the record that {bind.Field} binds, so nothing would bind it.";
        }

        if (answer.Fields.Concat(answer.Envelope).Any(field => field.StartsWith($"{bind.Field}/", comparison)))
        {
            yield return $"bind: {bind.Field} is no single value.";
        }

        var places = SharedOperation.PlacesOf(operation, bind.Parameter).Count();
        if (places != 1)
        {
            yield return places == 0
                ? $"bind: the question has no {bind.Parameter}."
                : $"bind: {bind.Parameter} stands in several places of the question.";
        }
    }

    private static StringComparer Names(AnswerEntry answer) =>
        answer.IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
