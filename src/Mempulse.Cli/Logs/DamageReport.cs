using Mempulse.Canon.Format;
using Mempulse.Cli.Terminals;

namespace Mempulse.Cli.Logs;

/// <summary>Prints the damaged places that a command passes over, and remembers that there were some.</summary>
internal sealed class DamageReport(Terminal terminal)
{
    private bool _isDamaged;

    /// <summary>The exit code of the command.</summary>
    public int Outcome => _isDamaged ? ExitCode.Damage : ExitCode.Good;

    /// <summary>Prints a damaged place and what it costs.</summary>
    public void Add(LogDamage damage)
    {
        _isDamaged = true;
        terminal.Error.WriteLine($"mempulse: {damage}");
    }
}
