// Chinese words of dates and numbers, for plotly.js in either engine: Plotly.register(digestLocale).

(function (global) {
  "use strict";

  const NUMERALS = "日一二三四五六";
  const months = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
  global.digestLocale = {
    moduleType: "locale",
    name: "zh-CN",
    dictionary: {},
    format: {
      days: [...NUMERALS].map((day) => "星期" + day),
      shortDays: [...NUMERALS].map((day) => "周" + day),
      months: months.map((month) => month + "月"),
      shortMonths: months.map((_, i) => i + 1 + "月"),
      periods: ["上午", "下午"],
      dateTime: "%Y年%-m月%-d日 %H:%M",
      date: "%Y-%m-%d",
      time: "%H:%M:%S",
      decimal: ".",
      thousands: ",",
      grouping: [3],
      currency: ["¥", ""],
      year: "%Y年",
      month: "%Y年%-m月",
      dayMonth: "%-m月%-d日",
      dayMonthYear: "%Y年%-m月%-d日",
    },
  };
})(globalThis);
