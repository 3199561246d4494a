"""What a candidate reads and presses, in each language of the bot."""

from dataclasses import dataclass

from bot.sandbox import SandboxUser
from tests.support.coach import IVAN, SARA


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of buttons and pieces of sentences by which a candidate finds the way."""

    user: SandboxUser
    job: str  # the one that the examples below are of
    choose_job: str
    ready: str
    first: str
    second: str
    waiting: str
    hint: str
    guidance: str
    later: str
    skip: str
    skipped: str
    reveal: str
    earlier: str
    example: str
    good: str
    rated: str
    another: str
    start_over: str
    cleared: str
    saved: str
    first_try: str
    already_there: str
    over: str
    answered: str
    done: str
    nothing_to_answer: str
    old_button: str
    not_met: str
    settings: str
    resume: str
    welcome_back: str
    stopped: str
    todays: str
    apology: str


FA = Words(
    user=SARA,
    job="کارشناس پشتیبانی فنی",
    choose_job="برای کدام شغل آماده می‌شوید؟",
    ready="همه‌چیز آماده است",
    first="پرسش ۱ از ۱۴",
    second="پرسش ۲ از ۱۴",
    waiting="این پرسش هنوز منتظر پاسخ شماست",
    hint="💡 راهنمایی",
    guidance="پاسخ خوب را چطور بسازیم",
    later="⏰ امروز، دیرتر",
    skip="⏭ رد کردن",
    skipped="⏭ رد شد",
    reveal="👁 دیدن پاسخ نمونه",
    earlier="📝 پاسخ قبلی من",
    example="یک نمونه از پاسخ",
    good="خوب بود",
    rated="نمرهٔ شما: خوب بود",
    another="➕ یک پرسش دیگر",
    start_over="↺ از نو نوشتن",
    cleared="کنار گذاشتم",
    saved="ذخیره شد",
    first_try="اول خودتان پاسخ بدهید",
    already_there="همین‌جا در گفت‌وگوست",
    over="کار این پرسش تمام شده",
    answered="به این پرسش پاسخ داده‌اید",
    done="پرسش امروز را انجام داده‌اید",
    nothing_to_answer="الان پرسشی منتظر پاسخ نیست",
    old_button="این دکمه قدیمی است",
    not_met="هنوز آشنا نشده‌ایم",
    settings="تنظیمات",
    resume="▶️ ادامه می‌دهم",
    welcome_back="خوش برگشتید",
    stopped="هفت پرسش بی‌پاسخ مانده",
    todays="❓ پرسش امروز",
    apology="اینجا مشکلی پیش آمد",
)
RU = Words(
    user=IVAN,
    job="Инженер технической поддержки",
    choose_job="К какой должности готовитесь?",
    ready="Всё готово",
    first="Вопрос 1 из 14",
    second="Вопрос 2 из 14",
    waiting="Этот вопрос всё ещё ждёт ответа",
    hint="💡 Подсказка",
    guidance="Как построить хороший ответ",
    later="⏰ Позже",
    skip="⏭ Пропустить",
    skipped="⏭ Пропущено",
    reveal="👁 Показать пример ответа",
    earlier="📝 Мой прошлый ответ",
    example="Один из возможных ответов",
    good="хорошо",
    rated="Ваша оценка: хорошо",
    another="➕ Ещё вопрос",
    start_over="↺ Начать заново",
    cleared="Убрал",
    saved="Сохранено",
    first_try="Сначала попробуйте ответить",
    already_there="Это уже есть в чате",
    over="Этот вопрос уже закрыт",
    answered="На этот вопрос вы уже ответили",
    done="Сегодняшний вопрос уже пройден",
    nothing_to_answer="Сейчас ни один вопрос не ждёт ответа",
    old_button="Эта кнопка устарела",
    not_met="Мы ещё не знакомы",
    settings="Настройки",
    resume="▶️ Продолжить",
    welcome_back="С возвращением",
    stopped="Семь вопросов остались без ответа",
    todays="❓ Вопрос дня",
    apology="У меня что-то сломалось",
)
