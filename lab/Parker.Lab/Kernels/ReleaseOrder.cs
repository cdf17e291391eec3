namespace Parker.Lab.Kernels;

/// <summary>Orders kernel releases as people do: numbers by value, all else by its characters.</summary>
internal sealed class ReleaseOrder : IComparer<string>
{
    public static ReleaseOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            ReadOnlySpan<char> leftNumber = Digits(left);
            ReadOnlySpan<char> rightNumber = Digits(right);
            int order;
            if (leftNumber.IsEmpty || rightNumber.IsEmpty)
            {
                order = left[0].CompareTo(right[0]);
                left = left[1..];
                right = right[1..];
            }
            else
            {
                // Without leading zeros the longer number is the larger one.
                left = left[leftNumber.Length..];
                right = right[rightNumber.Length..];
                leftNumber = leftNumber.TrimStart('0');
                rightNumber = rightNumber.TrimStart('0');
                order = leftNumber.Length != rightNumber.Length ? leftNumber.Length.CompareTo(rightNumber.Length) : leftNumber.SequenceCompareTo(rightNumber);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
