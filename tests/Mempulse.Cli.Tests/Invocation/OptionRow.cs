namespace Mempulse.Cli.Tests.Invocation;

/// <summary>An option of a command, and what it changes: a run with it and one without, or the test that shows it.</summary>
/// <param name="Option">The command and the option, as they are written.</param>
/// <param name="Without">The arguments without it.</param>
/// <param name="With">The option and its value.</param>
/// <param name="Holds">Whether both runs are as they should be.</param>
/// <param name="HeldBy">Instead of runs: a test of this project.</param>
internal sealed record OptionRow(string Option, string[] Without, string[] With, Func<CliRun, CliRun, bool>? Holds, string HeldBy = "")
{
    public static OptionRow Held(string option, string type, string method) => new(option, [], [], null, $"{type}.{method}");
}
