namespace Mempulse.Features.Registry;

/// <summary>What the command bytes of a router mean. Its entries are set once, by the reader of the registry, since a command may carry commands of the same table.</summary>
public sealed class CommandTable
{
    private readonly FunctionEntry?[] _commands = new FunctionEntry?[256];

    internal CommandTable(string name, byte mask, RecipientWords recipients) => (Name, Mask, Recipients) = (name, mask, recipients);

    /// <summary>The name, with the version of the router: <c>universal-router/2.0</c>.</summary>
    public string Name { get; }

    /// <summary>The bits of a byte that name the command. The others are flags.</summary>
    public byte Mask { get; }

    /// <summary>What recipients in its commands stand for.</summary>
    public RecipientWords Recipients { get; }

    /// <summary>The command of a byte.</summary>
    /// <returns>Null if the table does not have it.</returns>
    public FunctionEntry? Find(byte command) => _commands[command & Mask];

    /// <summary>The commands, in the order of their bytes.</summary>
    public IEnumerable<KeyValuePair<byte, FunctionEntry>> Entries
    {
        get
        {
            for (int command = 0; command < _commands.Length; command++)
            {
                if (_commands[command] is { } entry)
                {
                    yield return KeyValuePair.Create((byte)command, entry);
                }
            }
        }
    }

    internal bool TryAdd(byte command, FunctionEntry entry)
    {
        if ((command & Mask) != command || _commands[command] is not null)
        {
            return false;
        }

        _commands[command] = entry;
        return true;
    }
}
