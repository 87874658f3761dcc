namespace Mempulse.Primitives.Encoding;

/// <summary>Walks the integer keys of a payload array: a missing or nil key takes its default, keys past the known ones are skipped.</summary>
internal struct FieldReader
{
    private int _left;

    /// <summary>Reads the array header.</summary>
    public FieldReader(ref MessagePackReader reader) => _left = reader.ReadArrayHeader();

    /// <summary>Steps to the next key; true when it has a value, which the caller must read.</summary>
    public bool Next(ref MessagePackReader reader)
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        return !reader.TryReadNil();
    }

    /// <summary>Passes over the keys that a newer version added.</summary>
    public void SkipRest(ref MessagePackReader reader)
    {
        for (; _left > 0; _left--)
        {
            reader.Skip();
        }
    }
}
