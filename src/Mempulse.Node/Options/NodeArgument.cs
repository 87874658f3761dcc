using System.CommandLine;

namespace Mempulse.Node.Options;

/// <summary>One option of the node's command line.</summary>
/// <param name="Name">Its name, with the dashes.</param>
/// <param name="Value">What its value looks like, for the help text.</param>
/// <param name="Description">What it does, for the help text.</param>
/// <param name="IsRepeatable">Whether it may be given more than once.</param>
/// <param name="Take">Applies one value.</param>
internal sealed record NodeArgument(string Name, string Value, string Description, bool IsRepeatable, Action<NodeReading, string> Take)
{
    /// <summary>An option that is given once.</summary>
    public static NodeArgument Single(string name, string value, string description, Action<NodeReading, string> take) =>
        new(name, value, description, IsRepeatable: false, take);

    /// <summary>An option that may be given several times.</summary>
    public static NodeArgument Repeatable(string name, string value, string description, Action<NodeReading, string> take) =>
        new(name, value, description, IsRepeatable: true, take);

    /// <summary>The option as System.CommandLine knows it: always with a value, one each time it is given.</summary>
    public Option ToOption()
    {
        var option = new Option<string[]>(Name)
        {
            Description = Description,
            HelpName = Value,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        if (!IsRepeatable)
        {
            option.Validators.Add(result =>
            {
                if (result.IdentifierTokenCount > 1)
                {
                    result.AddError($"{Name} is given {result.IdentifierTokenCount} times; give it once.");
                }
            });
        }

        return option;
    }
}
