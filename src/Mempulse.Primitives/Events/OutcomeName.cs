namespace Mempulse.Primitives.Events;

/// <summary>The outcome of a simulation in one word, the same in the API, the command line and metrics.</summary>
public static class OutcomeName
{
    /// <summary>Every transaction ran.</summary>
    public const string Ok = "ok";

    /// <summary>"ok", or why the bundle failed.</summary>
    public static string Of(FailureCategory category) => category == FailureCategory.None ? Ok : category.ToString();
}
