namespace Mempulse.Cli.Invocation;

/// <summary>Exit codes of the process; docs/cli.md documents them.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Good = 0;

    /// <summary>A file is damaged, or a replay differs from what was logged.</summary>
    public const int Damage = 1;

    /// <summary>The command, an option or a path was wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The environment failed: a full disk, a node that does not answer.</summary>
    public const int Environment = 3;

    /// <summary>Ctrl-C or SIGTERM ended it early; shells use the same number.</summary>
    public const int Interrupted = 130;
}
