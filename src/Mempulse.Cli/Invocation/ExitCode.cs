namespace Mempulse.Cli.Invocation;

/// <summary>What the process answers; docs/cli.md tells it to users.</summary>
internal static class ExitCode
{
    /// <summary>All is as it should be.</summary>
    public const int Good = 0;

    /// <summary>A file is damaged, or a replay differs from what was logged.</summary>
    public const int Damage = 1;

    /// <summary>The command, an option or a path was wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The surroundings failed half way: a full disk, a node that does not answer.</summary>
    public const int Environment = 3;

    /// <summary>Ctrl-C or SIGTERM ended it early, as shells number it.</summary>
    public const int Interrupted = 130;
}
