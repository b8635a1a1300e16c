namespace Integration.Gateway.Platform.Idempotency;

/// <summary>
/// What a request passed before anything was done for it: grants, ownership, or the kind of its caller. A kept answer is
/// released only under one that the caller holds now, made by the check that a fresh request passes.
/// </summary>
internal interface IPermission
{
    /// <summary>
    /// What an answer may rest on, e.g. <c>gridResource/distance</c>: names without spaces, no data. A kept answer that rests
    /// on more than the present permission names is not released. Empty: the permission is whole or not at all.
    /// </summary>
    IReadOnlyCollection<string> Scope { get; }
}
