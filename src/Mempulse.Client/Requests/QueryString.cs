using System.Globalization;
using System.Text;

namespace Mempulse.Client.Requests;

/// <summary>Builds the path and query of a request.</summary>
/// <param name="path">The path, relative to the address of the node.</param>
internal sealed class QueryString(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    /// <summary>Adds a parameter unless its value is null or empty.</summary>
    public QueryString With(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _separator = '&';
        }

        return this;
    }

    /// <summary>Adds a number unless it is null.</summary>
    public QueryString With<T>(string name, T? value)
        where T : struct, IFormattable => With(name, value?.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Adds a list separated by commas unless it is empty.</summary>
    public QueryString With(string name, IReadOnlyList<string> values) => With(name, string.Join(',', values));

    /// <summary>The address, relative to that of the node.</summary>
    public Uri ToUri() => new(_text.ToString(), UriKind.Relative);
}
